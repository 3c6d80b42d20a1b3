import unittest

from signals import Registry


class RegistryTest(unittest.TestCase):
    def test_names(self):
        registry = Registry()
        registry.signal("saved")
        registry.signal("opened")
        self.assertEqual(registry.names(), ["opened", "saved"])

    def test_broadcast(self):
        registry = Registry()
        registry.signal("saved").connect(str.upper)
        registry.signal("opened").connect(lambda path: path)
        self.assertEqual(registry.broadcast(path="a"), {"opened": ["a"], "saved": None})
