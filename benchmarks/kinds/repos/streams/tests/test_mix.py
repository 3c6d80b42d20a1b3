import unittest

from streams import interleave, unique


class InterleaveTest(unittest.TestCase):
    def test_in_turn(self):
        self.assertEqual(list(interleave([1, 2], [10, 20], [100, 200])), [1, 10, 100, 2, 20, 200])

    def test_nothing(self):
        self.assertEqual(list(interleave()), [])


def test_unique():
    assert list(unique("abracadabra")) == ["a", "b", "r", "c", "d"]
