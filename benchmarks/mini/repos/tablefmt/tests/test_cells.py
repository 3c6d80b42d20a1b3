import unittest

from tablefmt import align, cell_text


class CellTextTest(unittest.TestCase):
    def test_none_is_filled(self):
        self.assertEqual(cell_text(None), "")
        self.assertEqual(cell_text(None, fill="n/a"), "n/a")

    def test_booleans_in_words(self):
        self.assertEqual(cell_text(True), "yes")
        self.assertEqual(cell_text(False), "no")

    def test_numbers_keep_all_digits(self):
        self.assertEqual(cell_text(1.23456789), "1.23456789")
        self.assertEqual(float(cell_text(2 / 3)), 2 / 3)


def test_align():
    assert align("ab", 4) == "ab  "
    assert align("ab", 4, "center") == " ab "
