import unittest

from unitconv import Quantity, UnitError, parse_quantity


class ParseTest(unittest.TestCase):
    def test_number_and_unit(self):
        self.assertEqual(parse_quantity("12 km"), Quantity(12, "km"))
        self.assertEqual(parse_quantity("-0.5 h"), Quantity(-0.5, "h"))

    def test_blanks_around(self):
        self.assertEqual(parse_quantity("  3   min "), Quantity(3, "min"))

    def test_rejects_other_text(self):
        for text in ("", "km", "5", "5 parsec", "five km"):
            with self.assertRaises(UnitError):
                parse_quantity(text)
