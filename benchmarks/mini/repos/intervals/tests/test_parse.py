import unittest

from intervals import Interval, parse_interval, parse_number


class ParseTest(unittest.TestCase):
    def test_integers(self):
        self.assertEqual(parse_interval("[1, 3]"), Interval(1, 3))

    def test_floats(self):
        self.assertEqual(parse_interval("(0.5, 1.5]"), Interval(0.5, 1.5, "(]"))

    def test_blanks_do_not_matter(self):
        self.assertEqual(parse_interval("  ( 1,2 ) "), Interval(1, 2, "()"))

    def test_rejects_other_text(self):
        for text in ("", "1, 2", "[1; 2]", "[1, 2, 3]"):
            with self.assertRaises(ValueError):
                parse_interval(text)


def test_numbers():
    assert parse_number("12") == 12
    assert parse_number("1.25") == 1.25
