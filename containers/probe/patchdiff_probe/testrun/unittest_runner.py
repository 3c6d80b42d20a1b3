"""The ``unittest`` runner: TestCase classes, and plain ``test_*`` functions as pytest would run them."""

import inspect
import unittest

from patchdiff_probe import safe
from patchdiff_probe.testrun.recording import RecordingResult, report_unrun
from patchdiff_probe.testrun.test_modules import import_file

__builtins__ = safe.BUILTINS


def run(request, reporter):
    """Run the files in order."""
    for file in request["files"]:
        _run_file(file, reporter)


def _run_file(file, reporter):
    try:
        module = import_file(file)
    except unittest.SkipTest as error:
        return reporter.outside(file, file, "skipped", error)
    except BaseException as error:
        return reporter.outside(file, file, "error", error)

    def identify(test):
        if isinstance(test, unittest.FunctionTestCase):
            return "%s::%s" % (file, test._testFunc.__name__), file, None
        return "%s::%s::%s" % (file, type(test).__qualname__, test._testMethodName), file, None

    tests = [test for test in _tests(module) if reporter.wanted(identify(test)[0], file)]
    for name in _with_arguments(module):
        if reporter.wanted("%s::%s" % (file, name), file):
            reporter.outside("%s::%s" % (file, name), file, "skipped", "takes arguments: needs pytest")
    result = RecordingResult(reporter, identify)
    unittest.TestSuite(tests).run(result)
    report_unrun(result, tests, reporter, identify)


def _tests(module):
    loader = unittest.TestLoader()
    for item in list(vars(module).values()):
        if isinstance(item, type) and issubclass(item, unittest.TestCase):
            for name in loader.getTestCaseNames(item):
                yield item(name)
    # A class of the module, so that its setUpModule applies.
    case = type("Functions", (unittest.FunctionTestCase,), {"__module__": module.__name__})
    for _, item in _functions(module):
        if not inspect.signature(item).parameters:
            yield case(item)


def _functions(module):
    for name, item in list(vars(module).items()):
        if name.startswith("test_") and inspect.isfunction(item):
            yield name, item


def _with_arguments(module):
    return [name for name, item in _functions(module) if inspect.signature(item).parameters]
