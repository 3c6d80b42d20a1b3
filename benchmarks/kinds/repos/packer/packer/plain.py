"""Values that JSON does not know."""

import datetime


def plain(value):
    """What stands for a value: dates as text, sets as sorted lists.

    >>> plain({3, 1, 2})
    [1, 2, 3]
    """
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError("cannot pack %s" % type(value).__name__)
