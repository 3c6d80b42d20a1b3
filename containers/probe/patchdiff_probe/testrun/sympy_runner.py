"""Drives sympy's own test runner (sympy 1.0 to 1.12), so that its slow, XFAIL and skip decorators count.

As with ``bin/test -C``: no cache, and the tests of a file in their order.
"""

import importlib
import warnings

from patchdiff_probe import safe
from patchdiff_probe.isolation.alarm import Alarm

__builtins__ = safe.BUILTINS
os = safe.os

_SEED = 0


def run(request, reporter):
    """Run the files in order."""
    os.environ["SYMPY_USE_CACHE"] = "no"
    for category in (UserWarning, SyntaxWarning):
        warnings.simplefilter("ignore", category)
    runtests = _import_runtests()
    recorder = _recorder(runtests, reporter)
    tests = _selecting(runtests, recorder, reporter)(recorder, seed=_SEED)
    for file in request["files"]:
        recorder.file = file
        # A test that an alarm or an exit cut short ends the runner's loop over the file: start it again after
        # that test.
        while True:
            try:
                tests.test_file(os.path.join(os.path.realpath(request["root"]), file))
                break
            except BaseException as error:
                if reporter.current is None:
                    reporter.outside(file, file, "error", error)
                    break
                reporter.finish("timeout" if isinstance(error, Alarm) else "failed", error)


def _import_runtests():
    try:
        return importlib.import_module("sympy.testing.runtests")
    except ImportError:
        return importlib.import_module("sympy.utilities.runtests")


def _selecting(runtests, recorder, reporter):
    class Selecting(runtests.SymPyTests):
        """Leaves out the tests that are not wanted."""

        def matches(self, x):
            """Whether to run the test function ``x``."""
            return reporter.wanted(x.__name__, recorder.file)

    return Selecting


def _recorder(runtests, reporter):
    class Recorder(runtests.Reporter):
        """Reports each test under its function's name."""

        def __init__(self):
            self.file = None
            self.slow_test_functions = []
            self.fast_test_functions = []
            self._verbose = False

        def root_dir(self, directory):
            """The runner calls this when it starts."""
            self._root_dir = directory

        def entering_filename(self, filename, n):
            """A file begins; nothing to report."""

        def leaving_filename(self):
            """A file ended; nothing to report."""

        def entering_test(self, f):
            """A test begins."""
            reporter.start(f.__name__, self.file)
            reporter.arm()

        def test_pass(self, char="."):
            """The test passed."""
            reporter.finish("passed")

        def test_fail(self, exc_info):
            """An assertion failed."""
            reporter.finish("failed", exc_info[1])

        def test_exception(self, exc_info):
            """The test raised something else; without a test, the file itself did."""
            if reporter.current is None:
                reporter.outside(self.file, self.file, "error", exc_info[1])
            else:
                reporter.finish("failed", exc_info[1])

        def test_xfail(self):
            """The test failed as expected."""
            reporter.finish("xfailed")

        def test_xpass(self, v):
            """The test passed and should not have."""
            reporter.finish("xpassed", str(v))

        def test_skip(self, v=None):
            """The test was skipped."""
            reporter.finish("skipped", None if v is None else str(v))

        def import_error(self, filename, exc_info):
            """The file cannot be imported."""
            reporter.outside(self.file, self.file, "error", exc_info[1])

    return Recorder()
