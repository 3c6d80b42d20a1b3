"""What code under test can see of the probe: nothing that goes by its name."""

import json
import os
import sys
import textwrap
import unittest

from support import ProbeCase, run_tests

# Names of what is imported, found in the way of an import, or known everywhere.
SEEN = """
import builtins, os, sys
def seen():
    return [name for name in sys.modules if "patchdiff" in name or "probe" in name]
def finders():
    return [repr(one) for one in sys.meta_path]
def origins():
    main = sys.modules["__main__"]
    return [getattr(main, name, None) for name in ("__file__", "__spec__")] + sys.argv
def known():
    return [name for name in dir(builtins) if "patchdiff" in name or "hit" in name]
def caches():
    return [path for path in sys.path_importer_cache if "probe/patchdiff" in str(path)]
AT_IMPORT = (seen(), finders(), origins(), known(), caches(), type(__loader__).__name__)
def now():
    return (seen(), finders(), origins(), known(), caches(), type(__loader__).__name__)
"""
FINDERS = [repr(one) for one in sys.meta_path if isinstance(one, type)]
CLEAN = [[], FINDERS, [None, None, "-c"], [], [], "SourceFileLoader"]


def plain(value):
    """A canonical value of lists, texts and None as JSON has it."""
    if value["t"] in ("list", "tuple"):
        return [plain(item) for item in value["items"]]
    return value.get("v")


class Concealment(ProbeCase):
    def test_code_under_test_sees_nothing_of_the_probe(self):
        self.write("m.py", SEEN)
        target = {"file": "m.py", "qualnames": ["now", "<module>"]}
        sut = self.probe(preload=["m"], targets=[target])
        self.assertIn("m.py::<module>", sut.opened["hits"])
        at_import, now = sut.observe("m.AT_IMPORT", "m.now()", prelude="import m")
        self.assertEqual(now["hits"], ["m.py::now"])
        for observation in (at_import, now):
            value = plain(observation["outcome"]["value"])
            value[1] = [name for name in value[1] if name in FINDERS]
            self.assertEqual(value, CLEAN)

    @unittest.skipIf(sys.version_info < (3, 8), "the finder has no distributions before 3.8")
    def test_a_library_may_take_from_the_finder_what_it_has(self):
        self.write("m.py", "def f():\n    return 1\n")
        source = """
            import sys
            for finder in sys.meta_path:
                if getattr(finder, "__module__", None) == "_frozen_importlib_external":
                    del finder.find_distributions
            n = [hasattr(finder, "find_distributions") for finder in sys.meta_path].count(True)
            import json.tool, m
            n + m.f()
        """
        sut = self.probe(targets=[{"file": "m.py", "qualnames": ["f"]}])
        self.assertEqual(sut.outcomes(textwrap.dedent(source).strip()), [1])

    def test_the_finders_are_as_many_as_anywhere(self):
        self.write("m.py", "import sys\nCOUNT = len(sys.meta_path)\n")
        bare = self.probe(preload=["m"])
        marked = self.probe(preload=["m"], targets=[{"file": "m.py", "qualnames": ["<module>"]}])
        counts = [sut.outcomes("m.COUNT", prelude="import m") for sut in (bare, marked)]
        self.assertEqual(counts[0], counts[1])

    def test_neither_does_a_test(self):
        request = {"root": self.root, "path": [self.root], "runner": "unittest", "files": ["test_m.py"]}
        self.write(
            "test_m.py",
            """
            import sys, unittest
            class Case(unittest.TestCase):
                def test_nothing(self):
                    self.assertEqual([name for name in sys.modules if "patchdiff" in name], [])
                def test_main(self):
                    self.assertIsNone(getattr(sys.modules["__main__"], "__file__", None))
            """,
        )
        request.update(secondsPerTest=10, scratch=os.path.join(self.scratch, "t"))
        printed, errors, _ = run_tests(request)
        found = [json.loads(line).get("test", {}).get("status") for line in printed.splitlines()]
        self.assertEqual([status for status in found if status], ["passed", "passed"], errors)


class Seeds(ProbeCase):
    def test_random_numbers_follow_the_seed_and_the_text(self):
        sources = ["random.random()", "random.random() + 0"]

        def drawn(seed):
            sut = self.probe(numbers=seed)
            return [one["outcome"]["value"]["v"] for one in sut.observe(*sources, prelude="import random")]

        answers = [drawn(1), drawn(1), drawn(2)]
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(len(set(answers[0] + answers[2])), 4)


class Output(ProbeCase):
    def test_a_long_output_is_kept_by_its_length_and_digest(self):
        source = "import os; os.write(1, b'x' * 70000 + b'%s'); 1"
        first, second, third = self.probe().observe(source % "a", source % "b", source % "a")
        self.assertEqual(first["outcome"], {"kind": "value", "value": {"t": "int", "v": "1"}})
        self.assertEqual(first["stdout"], third["stdout"])
        self.assertNotEqual(first["stdout"], second["stdout"])
        self.assertLess(len(first["stdout"]), 66000)
        self.assertIn("[cut: 70001 characters, sha256:", first["stdout"])

    def test_a_flood_is_none(self):
        observation = self.probe().observe("import os; os.write(1, b'x' * 5000000); 1")[0]
        self.assertEqual(observation["outcome"], {"kind": "resource", "what": "output"})


if __name__ == "__main__":
    unittest.main()
