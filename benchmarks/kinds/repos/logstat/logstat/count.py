"""Counting."""

import collections

LEVELS = ("ERROR", "WARNING", "INFO", "DEBUG")


def count_levels(lines):
    """How many lines begin with which level; other lines do not count.

    >>> count_levels(["INFO started", "ERROR no disk", "  at main", "INFO done"])
    Counter({'INFO': 2, 'ERROR': 1})
    """
    counts = collections.Counter()
    for line in lines:
        level = line.split(" ", 1)[0].strip()
        if level in LEVELS:
            counts[level] += 1
    return counts


def format_report(counts):
    """One line for each level that there is, the worst one first.

    >>> format_report({"INFO": 2, "ERROR": 1})
    'ERROR 1\\nINFO 2\\n'
    """
    return "".join("%s %d\n" % (level, counts[level]) for level in LEVELS if counts.get(level))
