"""One vector."""

import math


class Vector:
    """Two coordinates, which do not change.

    >>> Vector(1, 2) + Vector(3, 4)
    Vector(4, 6)
    """

    def __init__(self, x, y):
        self._x = x
        self._y = y

    @property
    def x(self):
        """The first coordinate."""
        return self._x

    @property
    def y(self):
        """The second coordinate."""
        return self._y

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)

    def __abs__(self):
        return math.hypot(self.x, self.y)

    def __repr__(self):
        return "Vector(%r, %r)" % (self.x, self.y)
