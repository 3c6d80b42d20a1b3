import unittest

from vectors import Vector


class VectorTest(unittest.TestCase):
    def check(self, vector, x, y):
        self.assertEqual((vector.x, vector.y), (x, y))

    def test_sum(self):
        self.check(Vector(1, 2) + Vector(3, 4), 4, 6)

    def test_negative(self):
        self.check(-Vector(1, -2), -1, 2)

    def test_product(self):
        self.check(Vector(1, 2) * 3, 3, 6)

    def test_length(self):
        self.assertEqual(abs(Vector(3, 4)), 5)

    def test_coordinates_do_not_change(self):
        with self.assertRaises(AttributeError):
            Vector(1, 2).x = 3
