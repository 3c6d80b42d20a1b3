"""Runs code in place of a developer test that pytest has set up, with its fixtures."""

from patchdiff_probe import safe
from patchdiff_probe.testrun.pytest_options import session_options

__builtins__ = safe.BUILTINS
os = safe.os


def run_in_place(root, host, directory, function):
    """Have pytest set up the test that ``host`` names, and call ``function`` where pytest would call the
    test.

    ``function`` gets the test's arguments by name and does not return. Temporary files of fixtures go to
    ``directory``. Returns only where pytest did not call it: the reason.
    """
    try:
        import pytest
    except ImportError as error:
        return str(error)

    class InPlaceOfTest:
        @pytest.hookimpl(tryfirst=True)
        def pytest_pyfunc_call(self, pyfuncitem):
            function({name: pyfuncitem.funcargs[name] for name in host["names"]})

    options = session_options(root, pytest.__version__)
    options += ["-s", "--basetemp", directory, os.path.join(root, host["test"])]
    code = pytest.main(options, plugins=[InPlaceOfTest()])
    return "pytest did not set up %s (exit code %d)" % (host["test"], code)
