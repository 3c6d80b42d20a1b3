import unittest

from columns import Column


class GroupedTest(unittest.TestCase):
    def setUp(self):
        self.groups = Column([1, 2, 6, None]).group_by(["a", "b", "b", "a"])

    def test_counts(self):
        self.assertEqual(self.groups.counts(), {"a": 1, "b": 2})

    def test_mean(self):
        self.assertEqual(self.groups.mean(), {"a": 1.0, "b": 4.0})
