"""The pytest plugin that assigns what shared fixtures and imports enter to the tests that use them."""

import pytest
from patchdiff_probe import safe
from patchdiff_probe.testrun.outcomes import identify

__builtins__ = safe.BUILTINS


class Tracing:
    """What the set-up of a shared fixture enters counts for all tests that use it, not only for the first."""

    def __init__(self, reporter):
        self._reporter = reporter
        self._tracer = reporter.tracer

    @pytest.hookimpl(hookwrapper=True)
    def pytest_make_collect_report(self, collector):
        """What the import of a test file enters counts for its tests.

        What came before counts for every test.
        """
        self._reporter.assign_to_all()
        yield
        if collector.nodeid:
            self._tracer.assign_to_file(identify(collector.nodeid)[1])

    def pytest_collection_finish(self, session):
        """The last event before the first test."""
        self._reporter.assign_to_all()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef, request):
        """Set a fixture up."""
        if fixturedef.scope == "function":
            yield
            return
        self._tracer.begin_shared_setup()
        yield
        self._tracer.end_shared_setup(fixturedef)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item, nextitem):
        """Runs before pytest forgets the fixtures of a test."""
        information = getattr(item, "_fixtureinfo", None)
        for definitions in getattr(information, "name2fixturedefs", {}).values():
            for definition in definitions:
                self._tracer.use_shared_setup(definition)
        requested = getattr(getattr(item, "_request", None), "_fixture_defs", None)
        for definition in dict(requested or {}).values():
            self._tracer.use_shared_setup(definition)
