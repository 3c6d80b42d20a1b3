"""The process that runs the tests."""

import importlib.util
import os
import sys

from patchdiff_probe import frames, orphans
from patchdiff_probe.testrun.reporter import Reporter

RUNNERS = ("auto", "pytest", "unittest", "sympy", "django")


def check(request):
    """Raise ValueError for a request that cannot be understood."""
    if not isinstance(request, dict):
        raise ValueError("not an object")
    for name in ("root", "scratch", "runner"):
        if not isinstance(request.get(name), str):
            raise ValueError("'%s' must be a string" % name)
    for name in ("path", "files"):
        if not isinstance(request.get(name), list):
            raise ValueError("'%s' must be a list of strings" % name)
    if request["runner"] not in RUNNERS:
        raise ValueError("'runner' must be one of " + ", ".join(RUNNERS))
    if not isinstance(request.get("secondsPerTest"), (int, float)) or request["secondsPerTest"] <= 0:
        raise ValueError("'secondsPerTest' must be a positive number")


def main(request, reported, fd, nonce):
    """Run the tests that were not reported yet, and end the process."""
    code = 1
    try:
        os.setsid()
        orphans.die_with_parent()
        writer = frames.FrameWriter(fd, nonce)
        _settle(request)
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


def _settle(request):
    probe = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    others = [entry for entry in sys.path if entry and os.path.abspath(entry) != probe]
    sys.path[:] = request["path"] + [entry for entry in others if entry not in request["path"]]
    os.environ.pop("PYTHONPATH", None)
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
    module.run(request, reporter)
