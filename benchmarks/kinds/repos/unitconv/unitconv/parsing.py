"""Reads quantities from text."""

import re

from unitconv.quantity import Quantity
from unitconv.units import UnitError

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


def parse_quantity(text):
    """Read a number and its unit.

    >>> parse_quantity("2.5 kg")
    Quantity(2.5, 'kg')
    """
    parts = text.split()
    if len(parts) != 2 or not _NUMBER.fullmatch(parts[0]):
        raise UnitError("not a quantity: %r" % text)
    number, unit = parts
    return Quantity(float(number) if "." in number else int(number), unit)
