"""A unittest result that reports to the Reporter; used for unittest and Django."""

import unittest

from patchdiff_probe import safe
from patchdiff_probe.isolation.alarm import Alarm

__builtins__ = safe.BUILTINS


class RecordingResult(unittest.TestResult):
    """Turns what unittest reports into one status for each test.

    ``identify(test)`` gives (id, file, title).
    """

    def __init__(self, reporter, identify):
        super().__init__()
        self._reporter = reporter
        self._identify = identify
        self._verdict = None
        self.fixtures = []

    def startTest(self, test):
        """A test begins."""
        super().startTest(test)
        self._verdict = ("passed", None)
        identity, file, _ = self._identify(test)
        self._reporter.start(identity, file)
        self._reporter.arm()

    def stopTest(self, test):
        """A test ended."""
        status, error = self._verdict
        self._reporter.finish(status, error, self._identify(test)[2])
        self._verdict = None
        super().stopTest(test)

    def addError(self, test, err):
        """An exception other than a failed assertion."""
        super().addError(test, err)
        self._failed(test, err)

    def addFailure(self, test, err):
        """A failed assertion."""
        super().addFailure(test, err)
        self._failed(test, err)

    def addSubTest(self, test, subtest, err):
        """The end of a sub-test; ``err`` is None when it passed."""
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._failed(test, err)

    def addSkip(self, test, reason):
        """A skipped test, or a skipped fixture of a class or module."""
        super().addSkip(test, reason)
        self._set_verdict(test, "skipped", reason)

    def addExpectedFailure(self, test, err):
        """A failure that was expected."""
        super().addExpectedFailure(test, err)
        self._set_verdict(test, "xfailed", err[1])

    def addUnexpectedSuccess(self, test):
        """A test that passed although it was expected to fail."""
        super().addUnexpectedSuccess(test)
        self._set_verdict(test, "xpassed", None)

    def _failed(self, test, err):
        error = err[1]
        if isinstance(error, Alarm):
            status = "timeout"
        else:
            status = "failed" if _in_test_method(test, err[2]) else "error"
        self._set_verdict(test, status, error)

    def _set_verdict(self, test, status, error):
        if self._verdict is not None:
            if self._verdict[0] in ("passed", "skipped"):
                self._verdict = (status, error)
        elif isinstance(test, unittest.TestCase):
            identity, file, _ = self._identify(test)
            self._reporter.outside(identity, file, status, error)
        else:
            self.fixtures.append((str(test), status, error))


def _in_test_method(test, traceback):
    function = getattr(test, "_testFunc", None)
    name = getattr(test, "_testMethodName", None) if function is None else function.__name__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_name == name:
            return True
        traceback = traceback.tb_next
    return False


def flatten(suite):
    """The tests of a suite, in order."""
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            for test in flatten(item):
                yield test
        else:
            yield item


def report_unrun(result, tests, reporter, identify):
    """Report the tests that did not run because a fixture of their class or module failed or was skipped."""
    for test in tests:
        identity, file, _ = identify(test)
        if not reporter.wanted(identity, file):
            continue
        cls = type(test)
        places = ("(%s.%s)" % (cls.__module__, cls.__qualname__), "(%s)" % cls.__module__)
        for name, status, error in result.fixtures:
            if name.endswith(places):
                reporter.outside(identity, file, status, error)
                break
