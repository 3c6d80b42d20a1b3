"""The process that runs the tests: prepares itself, chooses the runner and reports to the supervisor."""

import importlib.util
import sys

from patchdiff_probe import safe
from patchdiff_probe.isolation import concealment, orphans
from patchdiff_probe.protocol import frames
from patchdiff_probe.testrun.reporter import Reporter

__builtins__ = safe.BUILTINS
os = safe.os

RUNNERS = ("auto", "pytest", "unittest", "sympy", "django")


def main(request, reported, fd, nonce):
    """Run the tests that were not reported yet, and end the process."""
    code = 1
    try:
        os.setsid()
        orphans.die_with_parent()
        writer = frames.FrameWriter(fd, nonce)
        _prepare_process(request)
        runner = request["runner"]
        if runner == "auto":
            runner = "unittest" if importlib.util.find_spec("pytest") is None else "pytest"
        writer.send({"runner": runner})
        tracer = None
        if request.get("trace"):
            from patchdiff_probe.testrun.tracing import Tracer

            tracer = Tracer(request["root"])
            tracer.install()
        _run(runner, request, Reporter(writer, request, reported, tracer))
        writer.send({"done": True})
        code = 0
    except BaseException as error:
        print("patchdiff: %s: %s" % (type(error).__name__, error), file=sys.stderr)
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (AttributeError, OSError, ValueError):
                continue
        os._exit(code)


def _prepare_process(request):
    """Import path, environment, working directory and standard input as the tests are to find them."""
    others = [entry for entry in sys.path if entry and os.path.abspath(entry) != safe.PROBE_DIRECTORY]
    sys.path[:] = request["path"] + [entry for entry in others if entry not in request["path"]]
    # For the interpreters that tests start: nothing of the project is installed.
    os.environ["PYTHONPATH"] = os.pathsep.join(request["path"])
    os.makedirs(request["scratch"], exist_ok=True)
    os.environ["HOME"] = os.environ["TMPDIR"] = request["scratch"]
    os.chdir(request["root"])
    sys.stdin = open(os.devnull)


def _run(runner, request, reporter):
    if runner == "pytest":
        from patchdiff_probe.testrun import pytest_runner as module
    elif runner == "sympy":
        from patchdiff_probe.testrun import sympy_runner as module
    elif runner == "django":
        from patchdiff_probe.testrun import django_runner as module
    else:
        from patchdiff_probe.testrun import unittest_runner as module
    concealment.conceal()
    module.run(request, reporter)
