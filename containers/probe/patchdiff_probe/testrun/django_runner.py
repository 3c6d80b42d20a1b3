"""Runs Django's own suite through its ``tests/runtests.py``, with a result class that reports here."""

import runpy
import sys
import unittest

from patchdiff_probe import safe
from patchdiff_probe.testrun.recording import RecordingResult, flatten, report_unrun

__builtins__ = safe.BUILTINS
os = safe.os


def run(request, reporter):
    """Run the files in one call of Django's runner."""
    identify = _identifier(reporter)

    def run_tests(suite):
        reporter.assign_to_all()
        tests = [test for test in flatten(suite) if reporter.wanted(*identify(test)[:2])]
        result = RecordingResult(reporter, identify)
        unittest.TestSuite(tests).run(result)
        report_unrun(result, tests, reporter, identify)
        return result

    run_suite(request["root"], request["files"], run_tests)


def run_suite(root, files, run_tests):
    """Have Django's runner set up settings, applications and databases for test files, and call
    ``run_tests(suite)`` where it would run their tests.

    What that returns must look like a result of unittest; None stands for one without failures.
    """
    from django.test.runner import DiscoverRunner

    class Runner:
        """Stands in for unittest's text runner."""

        def __init__(self, **options):
            pass

        def run(self, suite):
            # Runs that the tests start themselves use Django's ordinary runner.
            DiscoverRunner.test_runner = ordinary
            return run_tests(suite) or unittest.TestResult()

    ordinary, DiscoverRunner.test_runner = DiscoverRunner.test_runner, Runner
    tests = os.path.join(os.path.realpath(root), "tests")
    sys.path.insert(0, tests)
    script = os.path.join(tests, "runtests.py")
    sys.argv = [script, "--settings=test_sqlite", "--parallel=1"] + [label(file) for file in files]
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit:
        pass  # how runtests.py says that tests failed


def label(file):
    """The dotted label of a test file: ``tests/auth_tests/test_forms.py`` is ``auth_tests.test_forms``."""
    path = file[len("tests/") :] if file.startswith("tests/") else file
    dotted = os.path.splitext(path)[0].replace("/", ".")
    return dotted[: -len(".__init__")] if dotted.endswith(".__init__") else dotted


def _identifier(reporter):
    def identify(test):
        cls = type(test)
        module = sys.modules.get(cls.__module__)
        file = reporter.relative(getattr(module, "__file__", None) or cls.__module__)
        name = getattr(test, "_testMethodName", str(test))
        identity = "%s (%s.%s)" % (name, cls.__module__, cls.__qualname__)
        title = test.shortDescription() if isinstance(test, unittest.TestCase) else None
        return identity, file, title

    return identify
