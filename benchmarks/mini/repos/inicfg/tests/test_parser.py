import unittest

from inicfg import ConfigError
from inicfg.parser import parse


class ParseTest(unittest.TestCase):
    def test_sections(self):
        self.assertEqual(parse("[a]\nx = 1\n[b]\ny = 2"), {"a": {"x": "1"}, "b": {"y": "2"}})

    def test_comments_and_empty_lines(self):
        self.assertEqual(parse("# one\n\n; two\nx = 1"), {"": {"x": "1"}})

    def test_errors_name_the_line(self):
        with self.assertRaises(ConfigError) as caught:
            parse("[a]\nx")
        self.assertIn("line 2", str(caught.exception))

    def test_section_without_an_end(self):
        with self.assertRaises(ConfigError):
            parse("[a")
