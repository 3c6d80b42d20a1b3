"""Test runs beside files that the host plants, and what is told of code that tampers with them."""

import json
import os
import unittest

from support import ProbeCase, run_tests

CASE = """
import unittest
class Cases(unittest.TestCase):
    def test_pass(self): self.assertEqual(1, 1)
    def test_other(self): self.assertEqual(1, 2)
def test_plain(): assert 1
"""


class PlantedTest(ProbeCase):
    """Files that are there for one run."""

    def run_planted(self, source, **options):
        """Run a test file beside a planted one; returns the messages, and what the folder holds then."""
        self.write("tests/test_own.py", source)
        planted = {"file": "tests/test_planted.py", "text": CASE, "names": ["test_pass", "test_plain"]}
        request = {
            "root": self.root,
            "path": [self.root],
            "runner": "unittest",
            "files": ["tests/test_own.py"],
            "secondsPerTest": 5,
            "scratch": self.scratch,
            "planted": [planted],
        }
        printed, errors, code = run_tests(dict(request, **options))
        messages = [json.loads(line) for line in printed.splitlines()]
        self.assertEqual(code, 0, errors)
        return messages, os.listdir(os.path.join(self.root, "tests"))

    def test_runs_the_named_tests_and_takes_the_file_away(self):
        messages, left = self.run_planted("def test_a(): assert 1\n", select=["tests/test_own.py::test_a"])
        results = {m["test"]["id"]: m["test"]["status"] for m in messages if "test" in m}
        self.assertEqual(
            results,
            {
                "tests/test_own.py::test_a": "passed",
                "tests/test_planted.py::Cases::test_pass": "passed",
                "tests/test_planted.py::test_plain": "passed",
            },
        )
        self.assertNotIn("test_planted.py", left)
        self.assertIn({"altered": []}, messages)

    def test_never_writes_over_a_file_of_the_tree(self):
        self.write("tests/test_planted.py", "def test_mine(): assert 1\n")
        messages, left = self.run_planted("def test_a(): assert 1\n")
        self.assertEqual([m["test"]["id"] for m in messages if "test" in m], ["tests/test_own.py::test_a"])
        self.assertIn("test_planted.py", left)

    def test_tells_of_files_that_steer_tests_and_were_written_to(self):
        source = (
            "import os\n"
            "def test_a():\n"
            "    facts = os.stat(__file__)\n"
            "    text = open(__file__).read()\n"
            "    open(__file__, 'w').write(text)\n"
            "    os.utime(__file__, ns=(facts.st_atime_ns, facts.st_mtime_ns))\n"
            "    open(os.path.join(os.path.dirname(__file__), 'conftest.py'), 'w').close()\n"
        )
        messages, _ = self.run_planted(source)
        self.assertIn({"altered": ["tests/conftest.py", "tests/test_own.py"]}, messages)

    def test_tells_of_results_of_tests_that_had_not_begun(self):
        source = (
            "import gc\n"
            "def test_a():\n"
            "    for writer in [o for o in gc.get_objects() if type(o).__name__ == 'FrameWriter']:\n"
            "        test = {'id': 'forged', 'file': 'f.py', 'status': 'passed', 'seconds': 0}\n"
            "        writer.send({'test': test})\n"
        )
        messages, _ = self.run_planted(source)
        self.assertIn({"irregular": "forged"}, messages)

    def test_refuses_what_is_no_list_of_files(self):
        request = {"root": "/", "scratch": "/", "runner": "unittest", "path": [], "files": []}
        printed, _, code = run_tests(dict(request, secondsPerTest=1, planted=[{"file": "a"}]))
        self.assertIn("'planted' must be", printed)
        self.assertEqual(code, 2)


if __name__ == "__main__":
    unittest.main()
