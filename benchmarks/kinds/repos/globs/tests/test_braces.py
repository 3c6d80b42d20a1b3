import unittest

from globs import expand


class ExpandTest(unittest.TestCase):
    def test_group(self):
        self.assertEqual(expand("{a,b,c}.py"), ["a.py", "b.py", "c.py"])

    def test_empty_choice(self):
        self.assertEqual(expand("file{,.old}"), ["file", "file.old"])

    def test_no_group(self):
        self.assertEqual(expand("file"), ["file"])
