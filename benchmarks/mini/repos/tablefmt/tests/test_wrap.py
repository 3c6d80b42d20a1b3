import unittest

from tablefmt import paragraph, wrap


class WrapTest(unittest.TestCase):
    def test_breaks_at_blanks(self):
        self.assertEqual(wrap("the quick brown fox", 10), ["the quick", "brown fox"])

    def test_short_text_is_one_line(self):
        self.assertEqual(wrap("hello", 20), ["hello"])

    def test_blanks_collapse(self):
        self.assertEqual(wrap("  a \n b ", 5), ["a b"])

    def test_nothing(self):
        self.assertEqual(wrap("", 5), [])


def test_paragraph():
    assert paragraph("one two three", 9, indent="  ") == "  one two\n  three"
