"""Which functions each developer test enters."""

import sys

from support import unless_importable
from test_testrun import TestRunCase

PRODUCT = """
import functools

def plain(): return 1

def at_import(): return 2

VALUE = at_import()

class Shape:
    '''A docstring.'''
    def area(self):
        "A docstring alone."
    @property
    def name(self):
        if True:
            def inner(): return "s"
        return inner()

async def later(): pass

def steps():
    yield plain()

def unused(): pass
"""
TESTS = """
import subprocess, sys, inspect, unittest
from pkg import product

class Cases(unittest.TestCase):
    @classmethod
    def setUpClass(cls): cls.shape = product.Shape()
    def test_a_area(self): self.shape.area()
    def test_b_name(self): self.assertEqual(self.shape.name, "s")
    def test_c_steps(self):
        product.steps()
        list(product.steps())
    def test_d_unstarted(self): product.steps()
    def test_e_process(self): subprocess.check_call([sys.executable, "-c", ""])
    def test_f_lazy(self): from pkg import lazy
    def test_g_unlazy(self): from pkg import lazy
"""
LAZY = "from pkg.product import plain\nplain()\n"


class TracingCase(TestRunCase):
    def trace(self, runner, files, seconds=20):
        """Run tests traced: what each entered by its last name, and what counts for all.

        Names without the file.
        """
        self.run_tests(runner, files, seconds=seconds, trace=True)
        names, everywhere, entered = [], set(), {}
        for line in self.lines:
            if "functions" in line:
                del names[line["functions"]["from"] :]
                names += line["functions"]["names"]
            elif "everywhere" in line:
                everywhere |= {names[number] for number in line["everywhere"]}
            elif "test" in line:
                test = line["test"]
                name = test["id"].rpartition("::")[2]
                entered[name] = sorted(
                    names[number].rpartition("::")[2] for number in test.get("entered", ())
                )
        self.names = names
        return entered, everywhere


class Unittest(TracingCase):
    def setUp(self):
        super().setUp()
        self.write("pkg/__init__.py", "")
        self.write("pkg/product.py", PRODUCT)
        self.write("pkg/lazy.py", LAZY)
        self.write("tests/__init__.py", "")

    def test_what_tests_enter(self):
        self.write("tests/test_cases.py", TESTS)
        entered, everywhere = self.trace("unittest", ["tests/test_cases.py"])
        self.assertEqual(entered["test_a_area"], ["Shape.area"])
        self.assertEqual(entered["test_b_name"], ["Shape.name", "Shape.name.inner"])
        self.assertEqual(entered["test_c_steps"], ["plain", "steps"])
        self.assertEqual(entered["test_d_unstarted"], [])
        self.assertIn("<process>", entered["test_e_process"])
        self.assertEqual(entered["test_f_lazy"], [])
        # Only the first to import would enter anything: what an import entered counts for all.
        self.assertEqual(entered["test_g_unlazy"], [])
        self.assertEqual(everywhere, {"pkg/product.py::at_import", "pkg/product.py::plain"})
        for name in ("<module>", "unused", "later"):
            self.assertIn("pkg/product.py::" + name, self.names)
        self.assertFalse([name for name in self.names if name.startswith("tests/test_cases.py")])

    def test_the_set_up_of_a_class_counts_for_its_tests(self):
        self.write(
            "tests/test_m.py",
            "import unittest\nfrom pkg import product\n"
            "class A(unittest.TestCase):\n"
            "    @classmethod\n    def setUpClass(cls): product.unused()\n"
            "    def test_a(self): pass\n    def test_b(self): pass\n",
        )
        self.write("tests/test_n.py", "def test_c(): pass\n")
        entered = self.trace("unittest", ["tests/test_m.py", "tests/test_n.py"])[0]
        self.assertEqual(entered, {"test_a": ["unused"], "test_b": ["unused"], "test_c": []})

    def test_an_interpreter_that_ends_begins_anew(self):
        self.write(
            "tests/test_m.py",
            "import os\nfrom pkg.product import plain, unused\n"
            "def test_a(): plain()\ndef test_b(): os._exit(1)\ndef test_c(): unused()\n",
        )
        entered = self.trace("unittest", ["tests/test_m.py"])[0]
        self.assertEqual(entered, {"test_a": ["plain"], "test_b": [], "test_c": ["unused"]})

    def test_builtins_that_a_test_file_replaces_do_not_reach_the_probe(self):
        self.write(
            "tests/test_m.py",
            "import builtins\nfrom pkg.product import plain\n"
            "def bad(*a, **k): raise RuntimeError()\n"
            "builtins.sorted = builtins.frozenset = builtins.round = bad\n"
            "def test_a(): plain()\n",
        )
        self.assertEqual(self.trace("unittest", ["tests/test_m.py"])[0], {"test_a": ["plain"]})

    def test_statuses_are_those_of_an_untraced_run(self):
        self.write("tests/test_cases.py", TESTS)
        untraced = self.run_tests("unittest", ["tests/test_cases.py"], seconds=20)[1]
        self.assertEqual(
            self.run_tests("unittest", ["tests/test_cases.py"], seconds=20, trace=True)[1], untraced
        )
        self.assertEqual(set(untraced.values()), {"passed"})

    def test_a_test_that_reads_a_source(self):
        self.write(
            "tests/test_m.py",
            "from pkg import product\n"
            "def test_a():\n    with open(product.__file__) as file: file.read()\n"
            "def test_b(): pass\n",
        )
        entered = self.trace("unittest", ["tests/test_m.py"])[0]
        self.assertEqual(entered, {"test_a": ["<read>"] if sys.version_info >= (3, 8) else [], "test_b": []})


@unless_importable("pytest")
class Pytest(TracingCase):
    def test_shared_fixtures_and_imports(self):
        self.write("pkg/__init__.py", "")
        self.write("pkg/product.py", PRODUCT)
        self.write(
            "conftest.py",
            """
            import pytest
            from pkg import product
            @pytest.fixture(scope="session")
            def shared(): return product.plain()
            @pytest.fixture
            def own(): return product.unused()
            """,
        )
        self.write(
            "test_m.py",
            """
            import pytest
            from pkg import product
            def test_a(shared): pass
            def test_b(shared): pass
            def test_c(own): pass
            def test_d(request): request.getfixturevalue("shared")
            @pytest.mark.parametrize("step", list(product.steps()))
            def test_e(step): pass
            """,
        )
        self.write("test_n.py", "def test_f(): pass\ndef test_g(shared): pass\n")
        entered, everywhere = self.trace("pytest", ["test_m.py", "test_n.py"])
        imported = ["plain", "steps"]  # while collecting test_m.py
        self.assertEqual(entered["test_a"], imported)
        self.assertEqual(entered["test_c"], imported + ["unused"])
        self.assertEqual(entered["test_d"], imported)
        self.assertEqual(entered["test_e[1]"], imported)
        self.assertEqual(entered["test_f"], [])
        self.assertEqual(entered["test_g"], ["plain"])
        self.assertEqual(everywhere, {"pkg/product.py::at_import"})
