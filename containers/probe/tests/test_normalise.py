"""What two runs of the same code do not share is the same word in their texts; what they say stays."""

import unittest

from patchdiff_probe.values.normalise import Normaliser


class NormaliserTest(unittest.TestCase):
    def setUp(self):
        self.sut = Normaliser("/srv/tree", "/srv/scratch")

    def test_lines_of_compiled_texts(self):
        said = "invalid syntax (evaluate.py:19>, line 1) in <0-codegen /srv/tree/pkg/evaluate.py:19>"
        self.assertEqual(
            self.sut.text(said),
            "invalid syntax (evaluate.py:N>, line N) in <0-codegen <root>/pkg/evaluate.py:N>",
        )

    def test_names_of_compiled_texts_in_values(self):
        said = "(code was compiled probably from here: <1-codegen /srv/tree/pkg/evaluate.py:19>) (line 1)"
        self.assertEqual(
            self.sut.paths(said),
            "(code was compiled probably from here: <1-codegen <root>/pkg/evaluate.py:N>) (line 1)",
        )
        self.assertEqual(
            self.sut.paths("pkg/evaluate.py:19: W0611, line 1"), "pkg/evaluate.py:19: W0611, line 1"
        )

    def test_the_mark_of_a_local_process(self):
        mark = "0123456789abcdef" * 2
        sut = Normaliser("/srv/tree", "/srv/scratch", mark=mark)
        said = "environ({'INVOCATION_ID': '%s', 'HOME': '/srv/scratch/20', 'TZ': 'UTC'})" % mark
        self.assertEqual(
            sut.text(said), "environ({'INVOCATION_ID': '<run>', 'HOME': '<tmp>/20', 'TZ': 'UTC'})"
        )

    def test_a_short_mark_is_any_text(self):
        self.assertEqual(Normaliser("/srv/tree", "/srv/scratch", mark="3").text("3 of 3"), "3 of 3")

    def test_places_that_a_checker_reports_stay(self):
        said = "/srv/tree/pkg/evaluate.py:19:4: W0611"
        self.assertEqual(self.sut.text(said), "<root>/pkg/evaluate.py:19:4: W0611")


if __name__ == "__main__":
    unittest.main()
