import unittest

from intervals import Interval, IntervalSet


class IntervalSetTest(unittest.TestCase):
    def test_overlapping_intervals_become_one(self):
        numbers = IntervalSet([Interval(1, 4), Interval(3, 6), Interval(9, 10)])
        self.assertEqual(list(numbers), [Interval(1, 6), Interval(9, 10)])

    def test_empty_intervals_are_ignored(self):
        self.assertEqual(len(IntervalSet([Interval(2, 2, "()")])), 0)

    def test_contains(self):
        numbers = IntervalSet([Interval(1, 2), Interval(4, 5, "()")])
        self.assertIn(2, numbers)
        self.assertNotIn(3, numbers)
        self.assertNotIn(4, numbers)

    def test_total(self):
        self.assertEqual(IntervalSet([Interval(0, 2), Interval(1, 5)]).total(), 5)

    def test_gaps(self):
        numbers = IntervalSet([Interval(1, 2), Interval(4, 5, "()"), Interval(7, 8)])
        self.assertEqual(list(numbers.gaps()), [Interval(2, 4, "(]"), Interval(5, 7, "[)")])

    def test_union(self):
        both = IntervalSet([Interval(1, 2)]).union(IntervalSet([Interval(2, 3)]))
        self.assertEqual(both, IntervalSet([Interval(1, 3)]))
