import unittest

from intervals import Interval


class IntervalTest(unittest.TestCase):
    def test_contains_its_closed_ends_only(self):
        interval = Interval(1, 3, "[)")
        self.assertIn(1, interval)
        self.assertIn(2.5, interval)
        self.assertNotIn(3, interval)

    def test_rejects_swapped_ends(self):
        with self.assertRaises(ValueError):
            Interval(3, 1)

    def test_rejects_unknown_bounds(self):
        with self.assertRaises(ValueError):
            Interval(1, 3, "<>")

    def test_intersection(self):
        self.assertEqual(Interval(1, 5).intersection(Interval(3, 8, "(]")), Interval(3, 5, "(]"))
        self.assertTrue(Interval(1, 2).intersection(Interval(3, 4)).is_empty())

    def test_hull(self):
        self.assertEqual(Interval(1, 2).hull(Interval(4, 6, "()")), Interval(1, 6, "[)"))


def test_equal_intervals_hash_alike():
    assert len({Interval(1, 2), Interval(1, 2), Interval(1, 2, "()")}) == 2


def test_text_form():
    assert str(Interval(1, 2.5, "[)")) == "[1, 2.5)"
