"""A single interval."""

BOUNDS = ("[]", "[)", "(]", "()")


class Interval:
    """All numbers between ``lower`` and ``upper``.

    ``bounds`` says which ends belong to it, in the usual notation.

    >>> Interval(1, 3)
    Interval(1, 3, '[]')
    >>> 3 in Interval(1, 3, "[)")
    False
    """

    def __init__(self, lower, upper, bounds="[]"):
        if bounds not in BOUNDS:
            raise ValueError("unknown bounds: %r" % (bounds,))
        if upper < lower:
            raise ValueError("upper end %r below lower end %r" % (upper, lower))
        self.lower = lower
        self.upper = upper
        self.bounds = bounds

    def is_empty(self):
        """Whether no number is inside.

        >>> Interval(2, 2, "[)").is_empty()
        True
        """
        return self.lower == self.upper and self.bounds != "[]"

    @property
    def length(self):
        """Distance between the ends."""
        return self.upper - self.lower

    def overlaps(self, other):
        """Whether the two share a number.

        >>> Interval(1, 2).overlaps(Interval(2, 3))
        True
        >>> Interval(1, 2, "[)").overlaps(Interval(2, 3))
        False
        """
        return not self.intersection(other).is_empty()

    def intersection(self, other):
        """The numbers in both; an empty interval when there are none."""
        left, right = (self, other) if self._starts_after(other) else (other, self)
        lower, opening = left.lower, left.bounds[0]
        left, right = (self, other) if self._ends_before(other) else (other, self)
        upper, closing = left.upper, left.bounds[1]
        if upper < lower:
            return Interval(lower, lower, "()")
        return Interval(lower, upper, opening + closing)

    def hull(self, other):
        """The smallest interval around both.

        >>> Interval(1, 2, "[)").hull(Interval(5, 6))
        Interval(1, 6, '[]')
        """
        first = other if self._starts_after(other) else self
        last = other if self._ends_before(other) else self
        return Interval(first.lower, last.upper, first.bounds[0] + last.bounds[1])

    def _starts_after(self, other):
        if self.lower == other.lower:
            return self.bounds[0] == "(" and other.bounds[0] == "["
        return self.lower > other.lower

    def _ends_before(self, other):
        if self.upper == other.upper:
            return self.bounds[1] == ")" and other.bounds[1] == "]"
        return self.upper < other.upper

    def __contains__(self, number):
        if number == self.lower:
            return self.bounds[0] == "[" and not self.is_empty()
        if number == self.upper:
            return self.bounds[1] == "]"
        return self.lower < number < self.upper

    def __eq__(self, other):
        if not isinstance(other, Interval):
            return NotImplemented
        return (self.lower, self.upper, self.bounds) == (other.lower, other.upper, other.bounds)

    def __hash__(self):
        return hash((self.lower, self.upper, self.bounds))

    def __repr__(self):
        return "Interval(%r, %r, %r)" % (self.lower, self.upper, self.bounds)

    def __str__(self):
        return "%s%s, %s%s" % (self.bounds[0], self.lower, self.upper, self.bounds[1])
