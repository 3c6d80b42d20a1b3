import unittest

from jobq import ManualClock, TTLCache


class TTLCacheTest(unittest.TestCase):
    def setUp(self):
        self.clock = ManualClock()
        self.cache = TTLCache(10, self.clock)

    def test_get(self):
        self.cache.put("a", 1)
        self.assertEqual(self.cache.get("a"), 1)
        self.assertIsNone(self.cache.get("b"))

    def test_values_expire(self):
        self.cache.put("a", 1)
        self.clock.advance(12)
        self.assertEqual(self.cache.get("a", "gone"), "gone")

    def test_own_lifetime(self):
        self.cache.put("a", 1, ttl=30)
        self.clock.advance(12)
        self.assertEqual(self.cache.get("a"), 1)

    def test_content(self):
        self.cache.put("a", 1)
        self.cache.put("b", 2)
        self.assertEqual(len(self.cache), 2)
        self.assertEqual(self.cache.keys(), ["a", "b"])
        self.assertEqual(self.cache.items(), [("a", 1), ("b", 2)])

    def test_purge(self):
        self.cache.put("a", 1)
        self.cache.put("b", 2, ttl=60)
        self.clock.advance(12)
        self.assertEqual(self.cache.purge(), 1)
        self.assertIn("b", self.cache)
