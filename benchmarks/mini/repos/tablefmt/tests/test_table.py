import unittest

from tablefmt import format_table


class FormatTableTest(unittest.TestCase):
    def test_columns_are_as_wide_as_their_longest_cell(self):
        rows = [["a", "bcd"], ["efg", "h"]]
        self.assertEqual(format_table(rows), "a   | bcd\nefg | h")

    def test_header(self):
        rows = [["pear", 3], ["fig", 12]]
        text = format_table(rows, header=["fruit", "n"])
        self.assertEqual(text.split("\n")[:2], ["fruit | n", "------+---"])

    def test_missing_values_are_filled(self):
        rows = [["a", None], [None, 1]]
        self.assertEqual(format_table(rows, fill="-"), "a | -\n- | 1")

    def test_numbers_to_the_right(self):
        self.assertEqual(format_table([[1], [10]], side="right"), " 1\n10")

    def test_unknown_side(self):
        with self.assertRaises(ValueError):
            format_table([["a"]], side="top")


def test_nothing_to_show():
    assert format_table([]) == ""
