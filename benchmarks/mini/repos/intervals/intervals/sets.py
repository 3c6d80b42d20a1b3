"""Sets of numbers made of intervals."""

from intervals.interval import Interval


class IntervalSet:
    """A union of intervals, kept sorted and free of overlaps.

    >>> IntervalSet([Interval(4, 6), Interval(1, 5)])
    IntervalSet([Interval(1, 6, '[]')])
    """

    def __init__(self, intervals=()):
        self._items = []
        for interval in intervals:
            self.add(interval)

    def add(self, interval):
        """Add all numbers of an interval.

        >>> numbers = IntervalSet([Interval(1, 2)])
        >>> numbers.add(Interval(8, 9))
        >>> len(numbers)
        2
        """
        if interval.is_empty():
            return
        merged = interval
        kept = []
        for item in self._items:
            if item.overlaps(merged):
                merged = merged.hull(item)
            else:
                kept.append(item)
        kept.append(merged)
        kept.sort(key=lambda item: (item.lower, item.upper))
        self._items = kept

    def gaps(self):
        """Iterate over the intervals that are missing between the first and the last number.

        >>> list(IntervalSet([Interval(1, 2), Interval(5, 6)]).gaps())
        [Interval(2, 5, '()')]
        """
        previous = self._items[0]
        for item in self._items[1:]:
            opening = "(" if previous.bounds[1] == "]" else "["
            closing = ")" if item.bounds[0] == "[" else "]"
            yield Interval(previous.upper, item.lower, opening + closing)
            previous = item

    def total(self):
        """Sum of the lengths.

        >>> IntervalSet([Interval(1, 2), Interval(5, 8)]).total()
        4
        """
        return sum(item.length for item in self._items)

    def union(self, other):
        """A new set with the numbers of both."""
        return IntervalSet(self._items + list(other))

    def __contains__(self, number):
        return any(number in item for item in self._items)

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)

    def __eq__(self, other):
        if not isinstance(other, IntervalSet):
            return NotImplemented
        return self._items == other._items

    def __repr__(self):
        return "IntervalSet(%r)" % (self._items,)
