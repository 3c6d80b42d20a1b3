import unittest

from columns import Column


class ColumnTest(unittest.TestCase):
    def test_values_are_converted(self):
        self.assertEqual(list(Column(["1", "2"], "int")), [1, 2])

    def test_missing_values(self):
        column = Column([None, 2.5])
        self.assertEqual(column.dtype, "float")
        self.assertEqual(column.present(), [2.5])

    def test_where(self):
        column = Column([1, 2, 3]).where([True, False, True], Column([0.5, 0.5, 0.5]))
        self.assertEqual(list(column), [1, 0.5, 3])
        self.assertEqual(column.dtype, "float")

    def test_where_of_another_length(self):
        with self.assertRaises(ValueError):
            Column([1, 2]).where([True], Column([3]))

    def test_mean(self):
        self.assertEqual(Column([1, 2, None]).mean(), 1.5)
