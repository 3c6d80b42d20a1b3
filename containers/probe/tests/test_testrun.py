"""Test runs."""

import importlib.util
import json
import subprocess
import sys

from support import ProbeCase, environment, run_tests, unless_importable

CASES = """
import os, sys, time, unittest
class Cases(unittest.TestCase):
    def test_pass(self):
        print('{"test":{"id":"forged"}}', flush=True)
    def test_fail(self): self.assertEqual(1, 2)
    def test_raise(self): {}["x"]
    @unittest.skip("why")
    def test_skip(self): pass
    @unittest.expectedFailure
    def test_expected(self): self.fail()
    def test_sub(self):
        for n in range(3):
            with self.subTest(n=n):
                self.assertNotEqual(n, 1)
    def test_hang(self): time.sleep(60)
    def test_stubborn(self):
        while True:
            try: time.sleep(1)
            except BaseException: pass
    def test_exit(self): os._exit(0)
    def test_sys_exit(self): sys.exit(0)
    def test_zz_last(self): pass
class Fixture(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise ValueError("no class")
    def test_a(self): pass
class Skipped(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise unittest.SkipTest("not here")
    def test_a(self): pass
class SetUp(unittest.TestCase):
    def setUp(self): raise ValueError("no set-up")
    def test_a(self): pass
def test_plain(): assert 1
def test_plain_fail(): assert 0
"""
EXPECTED = {
    "Cases::test_pass": "passed",
    "Cases::test_fail": "failed",
    "Cases::test_raise": "failed",
    "Cases::test_skip": "skipped",
    "Cases::test_expected": "xfailed",
    "Cases::test_sub": "failed",
    "Cases::test_hang": "timeout",
    "Cases::test_stubborn": "timeout",
    "Cases::test_exit": "error",
    "Cases::test_sys_exit": "failed",
    "Cases::test_zz_last": "passed",
    "Fixture::test_a": "error",
    "Skipped::test_a": "skipped",
    "SetUp::test_a": "error",
    "test_plain": "passed",
    "test_plain_fail": "failed",
}


class TestRunCase(ProbeCase):
    def run_tests(self, runner, files, select=None, seconds=3, trace=False):
        """Run tests; returns (first line, statuses by id, last line). Ids of the first file lose its name."""
        request = {
            "root": self.root,
            "path": [self.root],
            "runner": runner,
            "files": files,
            "select": select,
            "secondsPerTest": seconds,
            "scratch": self.scratch,
            "trace": trace,
        }
        self.output, self.errors, _ = run_tests(request)
        lines = [json.loads(line) for line in self.output.splitlines()]
        results = [line["test"] for line in lines[1:-1] if "test" in line]
        self.lines = lines
        self.assertEqual(len({result["id"] for result in results}), len(results), "a test was reported twice")
        prefix = files[0] + "::"
        statuses = {}
        for result in results:
            identity = result["id"]
            statuses[identity[len(prefix) :] if identity.startswith(prefix) else identity] = result["status"]
        return lines[0], statuses, lines[-1]


class Unittest(TestRunCase):
    def test_every_status(self):
        self.write("pkg/__init__.py", "")
        self.write("pkg/test_cases.py", CASES)
        first, statuses, last = self.run_tests("unittest", ["pkg/test_cases.py"])
        self.assertEqual((first, last), ({"runner": "unittest"}, {"done": True}))
        self.assertEqual(statuses, EXPECTED)
        self.assertIn("forged", self.errors)

    def test_fixtures_of_the_module(self):
        self.write(
            "test_m.py",
            "def setUpModule():\n    raise ValueError()\nimport unittest\n"
            "class A(unittest.TestCase):\n    def test_a(self): pass\ndef test_b(): pass\n",
        )
        self.assertEqual(
            self.run_tests("unittest", ["test_m.py"])[1], {"A::test_a": "error", "test_b": "error"}
        )

    def test_interpreters_that_tests_start_find_the_tree(self):
        self.write("lib/pkg.py", "x = 1\n")
        self.write(
            "test_m.py",
            "import subprocess, sys\ndef test_a():\n"
            "    subprocess.check_call([sys.executable, '-c', 'import lib.pkg'], cwd='/')\n",
        )
        self.assertEqual(self.run_tests("unittest", ["test_m.py"], seconds=20)[1], {"test_a": "passed"})

    def test_functions_with_arguments_need_pytest(self):
        self.write("test_m.py", "def test_a(tmpdir): pass\n")
        self.assertEqual(self.run_tests("unittest", ["test_m.py"])[1], {"test_a": "skipped"})

    def test_a_file_that_cannot_be_imported(self):
        self.write("test_m.py", "import missing_module\n")
        self.write("test_n.py", "def test_a(): pass\n")
        statuses = self.run_tests("unittest", ["test_m.py", "test_n.py"])[1]
        self.assertEqual(statuses, {"test_m.py": "error", "test_n.py::test_a": "passed"})

    def test_files_of_the_same_name(self):
        self.write("a/test_m.py", "def test_a(): pass\n")
        self.write("b/test_m.py", "def test_b(): assert 0\n")
        statuses = self.run_tests("unittest", ["a/test_m.py", "b/test_m.py"])[1]
        self.assertEqual(statuses, {"test_a": "passed", "b/test_m.py::test_b": "failed"})

    def test_select(self):
        self.write("test_m.py", "def test_a(): pass\ndef test_b(): pass\n")
        statuses = self.run_tests("unittest", ["test_m.py"], select=["test_m.py::test_b"])[1]
        self.assertEqual(statuses, {"test_b": "passed"})

    def test_a_file_that_ends_the_interpreter(self):
        self.write("test_m.py", "import os\nos._exit(0)\n")
        first, statuses, last = self.run_tests("unittest", ["test_m.py"])
        self.assertEqual((statuses, last), ({}, {"runner": "unittest"}))
        self.assertIn("exited with code 0 outside any test", self.errors)

    def test_a_malformed_request(self):
        process = subprocess.Popen(
            [sys.executable, "-m", "patchdiff_probe", "tests"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            universal_newlines=True,
        )
        self.assertIn("malformed request", process.communicate('{"root":1}\n')[0])
        self.assertEqual(process.returncode, 2)


@unless_importable("pytest")
class Pytest(TestRunCase):
    def test_cases(self):
        self.write("test_cases.py", CASES)
        first, statuses, last = self.run_tests("auto", ["test_cases.py"], seconds=6)
        self.assertEqual((first, last), ({"runner": "pytest"}, {"done": True}))
        # pytest runs a TestCase's setUp as part of the call.
        self.assertEqual(statuses, dict(EXPECTED, **{"SetUp::test_a": "failed"}))

    def test_a_test_whose_time_is_up_is_torn_down_before_the_next(self):
        self.write(
            "test_slow.py",
            """
            import time, pytest
            done = []
            @pytest.fixture(scope="class")
            def slow():
                yield
                time.sleep(0.5)
                done.append(1)
            class TestOne:
                def test_hangs(self, slow): time.sleep(60)
            class TestTwo:
                def test_next(self): assert done
            """,
        )
        _, statuses, _ = self.run_tests("pytest", ["test_slow.py"], seconds=1)
        self.assertEqual(statuses, {"TestOne::test_hangs": "timeout", "TestTwo::test_next": "passed"})

    def test_a_test_that_swallows_the_alarm_has_used_up_its_time(self):
        self.write(
            "test_swallows.py",
            """
            import time
            def test_swallows():
                try: time.sleep(60)
                except BaseException: pass
            """,
        )
        _, statuses, _ = self.run_tests("pytest", ["test_swallows.py"], seconds=1)
        self.assertEqual(statuses, {"test_swallows": "timeout"})

    def test_plugins_that_the_project_asks_for(self):
        self.write(
            "tox.ini", "[pytest]\naddopts = -rfEX --no-such-option -p pytester -p not_here\n  --maxfail=1\n"
        )
        self.write("test_m.py", "def test_a(testdir): pass\ndef test_b(): assert 0\ndef test_c(): assert 0\n")
        statuses = self.run_tests("auto", ["test_m.py"], seconds=20)[1]
        self.assertEqual(statuses, {"test_a": "passed", "test_b": "failed", "test_c": "failed"})

    def test_marks_and_fixtures(self):
        self.write(
            "test_m.py",
            """
            import pytest
            @pytest.fixture
            def broken(): raise ValueError()
            @pytest.fixture
            def late():
                yield
                raise ValueError()
            def test_broken(broken): pass
            def test_late(late): pass
            @pytest.mark.skipif("True", reason="x")
            def test_skipif(): pass
            def test_skip(): pytest.skip("now")
            @pytest.mark.xfail
            def test_xfail(): assert 0
            @pytest.mark.xfail(raises=ValueError, reason="x")
            def test_other(): assert 0
            @pytest.mark.xfail
            def test_xpass(): pass
            @pytest.mark.xfail(strict=True)
            def test_strict(): pass
            @pytest.mark.xfail("False", reason="x")
            def test_inactive(): assert 0
            @pytest.mark.xfail(run=False)
            def test_not_run(): assert 0
            def test_imperative(): pytest.xfail("now")
            @pytest.mark.parametrize("a", [1, "x y"])
            def test_param(a): pass
        """,
        )
        self.assertEqual(
            self.run_tests("pytest", ["test_m.py"])[1],
            {
                "test_broken": "error",
                "test_late": "error",
                "test_skipif": "skipped",
                "test_skip": "skipped",
                "test_xfail": "xfailed",
                "test_other": "failed",
                "test_xpass": "xpassed",
                "test_strict": "failed",
                "test_inactive": "failed",
                "test_not_run": "xfailed",
                "test_imperative": "xfailed",
                "test_param[1]": "passed",
                "test_param[x y]": "passed",
            },
        )

    def test_a_conftest_cannot_forge_outcomes(self):
        self.write(
            "conftest.py",
            """
            import pytest
            @pytest.hookimpl(hookwrapper=True, tryfirst=True)
            def pytest_runtest_makereport(item, call):
                outcome = yield
                outcome.get_result().outcome = "passed"
            @pytest.hookimpl(hookwrapper=True, trylast=True)
            def pytest_runtest_call(item):
                outcome = yield
                outcome.force_result(None)
        """,
        )
        self.write("setup.cfg", "[tool:pytest]\naddopts = --no-such-option\n")
        self.write("test_m.py", "def test_a(): assert 0\n")
        self.assertEqual(self.run_tests("pytest", ["test_m.py"])[1], {"test_a": "failed"})

    def test_select_and_collection_errors(self):
        self.write("test_m.py", "def test_a(): pass\ndef test_b(): pass\n")
        self.write("test_n.py", "import missing_module\n")
        statuses = self.run_tests("pytest", ["test_m.py", "test_n.py"], select=["test_m.py::test_b"])[1]
        self.assertEqual(statuses, {"test_b": "passed", "test_n.py": "error"})


@unless_importable("sympy")
class Sympy(TestRunCase):
    def test_decorators_and_timeouts(self):
        module = "sympy.testing.pytest"
        if importlib.util.find_spec("sympy.testing") is None:
            module = "sympy.utilities.pytest"
        self.write(
            "test_m.py",
            """
            import time
            from %s import XFAIL, skip, slow
            def test_pass(): pass
            def test_fail(): assert 0
            def test_raise(): int("x")
            @XFAIL
            def test_xfail(): assert 0
            @XFAIL
            def test_xpass(): pass
            def test_skip(): skip("why")
            @slow
            def test_slow(): pass
            def test_hang(): time.sleep(60)
            def test_last(): pass
        """
            % module,
        )
        first, statuses, last = self.run_tests("sympy", ["test_m.py"])
        self.assertEqual((first, last), ({"runner": "sympy"}, {"done": True}))
        self.assertEqual(
            statuses,
            {
                "test_pass": "passed",
                "test_fail": "failed",
                "test_raise": "failed",
                "test_xfail": "xfailed",
                "test_xpass": "xpassed",
                "test_skip": "skipped",
                "test_slow": "skipped",
                "test_hang": "timeout",
                "test_last": "passed",
            },
        )


class Django(TestRunCase):
    def test_labels(self):
        code = "import sys; from patchdiff_probe.testrun.django_runner import label\n"
        code += "print(*map(label, sys.argv[1:]))"
        files = ["tests/auth_tests/test_forms.py", "tests/urls/tests.py", "tests/model/__init__.py"]
        output = subprocess.check_output([sys.executable, "-c", code] + files, env=environment())
        self.assertEqual(output.decode().split(), ["auth_tests.test_forms", "urls.tests", "model"])
