"""Reading intervals from text."""

import re

from intervals.interval import Interval

_INTERVAL = re.compile(r"([\[(])\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*([\])])")


def parse_number(text):
    """Read an integer, or a float where the text has a point.

    >>> parse_number("2.5")
    2.5
    """
    return float(text) if "." in text else int(text)


def parse_interval(text):
    """Read the notation that ``str()`` of an interval writes.

    >>> parse_interval("[1, 2.5)")
    Interval(1, 2.5, '[)')
    """
    match = _INTERVAL.fullmatch(text.strip())
    if match is None:
        raise ValueError("not an interval: %r" % text)
    opening, lower, upper, closing = match.groups()
    return Interval(parse_number(lower), parse_number(upper), opening + closing)
