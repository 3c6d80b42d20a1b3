import unittest

from slugs import SlugError, slugify


class SlugifyTest(unittest.TestCase):
    def test_words(self):
        self.assertEqual(slugify("Hello,  World"), "hello-world")

    def test_separator(self):
        self.assertEqual(slugify("Hello World", sep="_"), "hello_world")

    def test_limit(self):
        self.assertEqual(slugify("Hello World", limit=7), "hello-w")

    def test_nothing(self):
        with self.assertRaises(SlugError):
            slugify("?!")
