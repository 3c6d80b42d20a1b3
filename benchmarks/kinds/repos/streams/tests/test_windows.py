import unittest

from streams import chunks, windows


class WindowsTest(unittest.TestCase):
    def test_neighbours(self):
        self.assertEqual(["".join(window) for window in windows("abcd", 2)], ["ab", "bc", "cd"])

    def test_highest_sum(self):
        self.assertEqual(max(sum(window) for window in windows([3, 1, 4, 1, 5], 3)), 10)

    def test_too_few_items(self):
        self.assertEqual(list(windows([1, 2], 3)), [])

    def test_size(self):
        with self.assertRaises(ValueError):
            next(windows([1, 2], 0))


class ChunksTest(unittest.TestCase):
    def test_last_one_is_shorter(self):
        self.assertEqual(list(chunks(range(5), 3)), [[0, 1, 2], [3, 4]])
