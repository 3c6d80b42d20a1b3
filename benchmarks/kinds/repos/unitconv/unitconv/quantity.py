"""Numbers with a unit."""

from unitconv.units import dimension, ratio


class Quantity:
    """A number with a unit.

    >>> Quantity(1500, "m").to("km")
    Quantity(1.5, 'km')
    """

    def __init__(self, value, unit):
        dimension(unit)
        self.value = value
        self.unit = unit

    def to(self, unit):
        """The same quantity in another unit; UnitError where it measures something else."""
        if unit == self.unit:
            return self
        return Quantity(self.value * ratio(self.unit, unit), unit)

    def __add__(self, other):
        if not isinstance(other, Quantity):
            return NotImplemented
        return Quantity(self.value + other.value, self.unit)

    def __sub__(self, other):
        if not isinstance(other, Quantity):
            return NotImplemented
        return Quantity(self.value - other.value, self.unit)

    def __eq__(self, other):
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.value == other.value and self.unit == other.unit

    def __hash__(self):
        return hash((self.value, self.unit))

    def __repr__(self):
        return "Quantity(%r, %r)" % (self.value, self.unit)
