import unittest

from memo import Info, memoize


class MemoizeTest(unittest.TestCase):
    def setUp(self):
        self.calls = []

        @memoize(size=2)
        def total(*numbers, start=0):
            """Add numbers."""
            self.calls.append(numbers)
            return sum(numbers, start)

        self.total = total

    def test_computed_once(self):
        self.assertEqual([self.total(1, 2), self.total(1, 2)], [3, 3])
        self.assertEqual(self.calls, [(1, 2)])

    def test_keywords_count(self):
        self.assertEqual([self.total(1), self.total(1, start=4)], [1, 5])

    def test_info(self):
        for number in (1, 2, 1, 3):
            self.total(number)
        self.assertEqual(self.total.info(), Info(1, 3, 2))

    def test_forget(self):
        self.total(1)
        self.total.forget()
        self.assertEqual(self.total.info().size, 0)

    def test_looks_like_the_function(self):
        self.assertEqual(self.total.__doc__, "Add numbers.")
