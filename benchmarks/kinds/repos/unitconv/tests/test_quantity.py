import unittest

from unitconv import Quantity, UnitError


class QuantityTest(unittest.TestCase):
    def test_conversion(self):
        self.assertEqual(Quantity(2, "h").to("min"), Quantity(120, "min"))
        self.assertEqual(Quantity(2, "h").to("h"), Quantity(2, "h"))

    def test_conversion_to_something_else(self):
        with self.assertRaises(UnitError):
            Quantity(2, "h").to("kg")

    def test_unknown_unit(self):
        with self.assertRaises(UnitError):
            Quantity(2, "furlong")

    def test_sum_and_difference(self):
        self.assertEqual(Quantity(2, "m") + Quantity(3, "m"), Quantity(5, "m"))
        self.assertEqual(Quantity(2, "m") - Quantity(3, "m"), Quantity(-1, "m"))

    def test_other_operands(self):
        with self.assertRaises(TypeError):
            Quantity(2, "m") + 3
