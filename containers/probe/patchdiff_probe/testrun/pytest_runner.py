"""The pytest runner.

Outcomes come from the phases themselves, not from reports that a conftest may rewrite.
"""

import pytest
from patchdiff_probe import safe
from patchdiff_probe.testrun.outcomes import Outcomes, identify
from patchdiff_probe.testrun.pytest_options import session_options
from patchdiff_probe.testrun.pytest_tracing import Tracing

__builtins__ = safe.BUILTINS
os = safe.os

# Interrupted, internal error, usage error: such a session says nothing about the tests it did not report.
_BROKEN = (2, 3, 4)


def run(request, reporter):
    """Run the files in one session."""
    root = os.path.realpath(request["root"])
    options = session_options(root, pytest.__version__) + ["--continue-on-collection-errors"]
    plugins = [Session(reporter)] if reporter.tracer is None else [Session(reporter), Tracing(reporter)]
    code = int(pytest.main(options + list(request["files"]), plugins=plugins))
    if code in _BROKEN:
        raise RuntimeError("pytest ended with code %d" % code)


class Session:
    """Selects tests and reports collection problems.

    Outcomes come from a plugin added after all conftests.
    """

    def __init__(self, reporter):
        self._reporter = reporter

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config, items):
        """Drop the tests that are not wanted."""
        items[:] = [item for item in items if self._reporter.wanted(*identify(item.nodeid))]

    def pytest_collection_finish(self, session):
        """Register the outcome plugin last: the last wrapper registered is the innermost."""
        session.config.pluginmanager.register(Outcomes(self._reporter), "patchdiff-outcomes")

    def pytest_collectreport(self, report):
        """Report a file that could not be collected, or was skipped as a whole."""
        if report.failed or report.skipped:
            status = "error" if report.failed else "skipped"
            identity, file = identify(report.nodeid or ".")
            self._reporter.outside(identity, file, status, str(report.longrepr))
