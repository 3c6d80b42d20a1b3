"""The pytest plugin that says whose work it is when fixtures and imports that tests share enter functions."""

import pytest

from patchdiff_probe.testrun.outcomes import identify


class Tracing:
    """A shared fixture is set up by the first test that uses it: its entries are those of all that use it."""

    def __init__(self, reporter):
        self._reporter = reporter
        self._tracer = reporter.tracer

    @pytest.hookimpl(hookwrapper=True)
    def pytest_make_collect_report(self, collector):
        """What the import of a test file enters is its tests'; what comes before is everybody's."""
        self._reporter.before_all()
        yield
        if collector.nodeid:
            self._tracer.around(identify(collector.nodeid)[1])

    def pytest_collection_finish(self, session):
        """The last that happens before the first test."""
        self._reporter.before_all()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef, request):
        """Set a fixture up."""
        if fixturedef.scope == "function":
            yield
            return
        self._tracer.preparing()
        yield
        self._tracer.prepared(fixturedef)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item, nextitem):
        """Before the fixtures a test asked for are forgotten."""
        information = getattr(item, "_fixtureinfo", None)
        for definitions in getattr(information, "name2fixturedefs", {}).values():
            for definition in definitions:
                self._tracer.uses(definition)
        asked = getattr(getattr(item, "_request", None), "_fixture_defs", None)
        for definition in dict(asked or {}).values():
            self._tracer.uses(definition)
