import unittest

from globs import match, select


class MatchTest(unittest.TestCase):
    def test_star(self):
        self.assertTrue(match("*.txt", "notes.txt"))
        self.assertTrue(match("notes*", "notes"))
        self.assertFalse(match("*.txt", "notes.txt.old"))

    def test_question_mark(self):
        self.assertTrue(match("a?c", "abc"))
        self.assertFalse(match("a?c", "ac"))

    def test_text(self):
        self.assertTrue(match("a.b", "a.b"))
        self.assertFalse(match("a.b", "axb"))

    def test_parts_do_not_overlap(self):
        self.assertFalse(match("ab*ba", "aba"))


def test_select():
    assert select("*.{png,jpg}", ["a.png", "b.gif", "c.jpg"]) == ["a.png", "c.jpg"]
