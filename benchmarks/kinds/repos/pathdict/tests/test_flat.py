import unittest

from pathdict import flatten, unflatten

NESTED = {"db": {"port": 5432, "user": {"name": "ada"}}, "debug": False, "extra": {}}


class FlatTest(unittest.TestCase):
    def test_flatten(self):
        flat = {"db.port": 5432, "db.user.name": "ada", "debug": False, "extra": {}}
        self.assertEqual(flatten(NESTED), flat)

    def test_there_and_back(self):
        self.assertEqual(unflatten(flatten(NESTED)), NESTED)

    def test_other_separator(self):
        self.assertEqual(flatten({"a": {"b": 1}}, sep="/"), {"a/b": 1})
        self.assertEqual(unflatten({"a/b": 1}, sep="/"), {"a": {"b": 1}})
