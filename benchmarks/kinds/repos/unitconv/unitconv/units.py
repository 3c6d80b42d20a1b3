"""The units that are known, by what they measure."""

UNITS = {
    "length": {"mm": 1, "cm": 10, "m": 1000, "km": 1000000},
    "mass": {"g": 1, "kg": 1000, "t": 1000000},
    "time": {"s": 1, "min": 60, "h": 3600},
}


class UnitError(ValueError):
    """A unit that is not known, or does not fit."""


def dimension(unit):
    """What a unit measures.

    >>> dimension("kg")
    'mass'
    """
    for name, units in UNITS.items():
        if unit in units:
            return name
    raise UnitError("unknown unit: %r" % (unit,))


def ratio(unit, other):
    """How many of the other unit make one of this.

    >>> ratio("km", "m")
    1000.0
    """
    measured = dimension(unit)
    if dimension(other) != measured:
        raise UnitError("%s is no unit of %s" % (other, measured))
    return UNITS[measured][unit] / UNITS[measured][other]
