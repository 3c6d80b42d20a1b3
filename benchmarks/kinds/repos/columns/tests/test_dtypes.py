import unittest

from columns import infer, promote


class PromoteTest(unittest.TestCase):
    def test_numbers(self):
        self.assertEqual(promote("bool", "int"), "int")

    def test_text_and_numbers(self):
        with self.assertRaises(TypeError):
            promote("str", "int")


def test_infer():
    assert infer([1, 2.5]) == "float"
    assert infer(["a", None]) == "str"
