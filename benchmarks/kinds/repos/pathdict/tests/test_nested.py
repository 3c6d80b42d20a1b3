import unittest

from pathdict import get_path, merge


class NestedTest(unittest.TestCase):
    def test_get_path(self):
        data = {"db": {"port": 5432}}
        self.assertEqual(get_path(data, "db/port", sep="/"), 5432)
        self.assertEqual(get_path(data, "db.port.number", default=0), 0)
        self.assertIsNone(get_path(data, "cache"))

    def test_merge(self):
        self.assertEqual(merge({"a": 1, "b": 2}, {"b": 3, "c": 4}), {"a": 1, "b": 3, "c": 4})
