"""The pytest plugin that sees what each phase of a test raised, as the innermost of all hook wrappers."""

import unittest

import pytest
from patchdiff_probe import safe
from patchdiff_probe.isolation.alarm import Alarm, disarm
from patchdiff_probe.testrun.xfail import expectation

__builtins__ = safe.BUILTINS

_SKIPS = (pytest.skip.Exception, unittest.SkipTest)
_XFAIL = pytest.xfail.Exception
# Until version 5, pytest itself fails a test that passes despite a strict mark.
_STRICT = "[XPASS(strict)]"


class Outcomes:
    """One status for each test, from the exceptions of its set-up, call and teardown."""

    def __init__(self, reporter):
        self._reporter = reporter
        self._errors = {}

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        """Report a test when its protocol is over."""
        self._errors = {}
        self._reporter.start(*identify(item.nodeid))
        yield
        self._reporter.finish(*self._status(item))

    @pytest.hookimpl(hookwrapper=True, trylast=True)
    def pytest_runtest_setup(self, item):
        """Watch the set-up."""
        outcome = yield from self._watch_phase()
        self._record("setup", outcome, item)

    @pytest.hookimpl(hookwrapper=True, trylast=True)
    def pytest_runtest_call(self, item):
        """Watch the test itself."""
        outcome = yield from self._watch_phase()
        self._record("call", outcome, item)

    @pytest.hookimpl(hookwrapper=True, trylast=True)
    def pytest_runtest_teardown(self, item, nextitem):
        """Watch the teardown."""
        outcome = yield from self._watch_phase()
        self._record("teardown", outcome, item)

    def pytest_runtest_logreport(self, report):
        """A failed sub-test fails its test.

        Newer versions of pytest report it during the call and do not raise.
        """
        if report.failed and hasattr(report, "context"):
            self._errors.setdefault("call", report.longreprtext)

    def _watch_phase(self):
        self._reporter.arm()
        outcome = yield
        disarm()
        return outcome

    def _record(self, phase, outcome, item):
        error = outcome.excinfo[1] if outcome.excinfo else None
        if error is None and phase == "call":
            error = _unittest_error(item)
        if phase == "call" and error is None:
            self._errors.setdefault("ran", True)
        if error is not None:
            self._errors[phase] = error

    def _status(self, item):
        """(status, error) of the finished test."""
        for phase in ("setup", "call", "teardown"):
            error = self._errors.get(phase)
            if error is not None:
                return _status_of(error, phase, item), error
        if "ran" not in self._errors:
            return "error", "the test was not run"
        expected = expectation(item)
        if expected is None:
            return "passed", None
        return ("failed", "passed in spite of a strict xfail mark") if expected.strict else ("xpassed", None)


def identify(nodeid):
    """(id, file) of a node id. Up to version 3, pytest writes the instance of a class as ``()``."""
    return nodeid.replace("::()::", "::"), nodeid.split("::")[0]


def _status_of(error, phase, item):
    if isinstance(error, Alarm):
        return "timeout"
    if isinstance(error, _SKIPS):
        return "skipped"
    if isinstance(error, _XFAIL):
        return "xfailed"
    expected = expectation(item)
    if expected is not None and expected.covers(error) and not str(error).startswith(_STRICT):
        return "xfailed"
    return "failed" if phase == "call" else "error"


def _unittest_error(item):
    """What a unittest test raised: pytest stores it on the item instead of raising it."""
    stored = getattr(item, "_excinfo", None)
    if stored:
        return stored[0].value
    if getattr(item, "_unexpectedsuccess", None) is not None:
        return AssertionError("unexpected success")
    return None
