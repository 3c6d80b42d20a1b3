"""Where every runner reports its tests."""

from patchdiff_probe import safe
from patchdiff_probe.isolation import alarm

__builtins__ = safe.BUILTINS
os = safe.os
time = safe.time

_MESSAGE_CHARACTERS = 2000
# What is left to the teardown of a test whose time is up, within what the supervisor waits for. Without it
# the next test would begin with what this one left behind.
_SECONDS_TO_TEAR_DOWN = 3


class Reporter:
    """Sends results of wanted tests: selected, and not reported by an earlier process of this run."""

    def __init__(self, writer, request, reported, tracer=None):
        self._writer = writer
        self._root = os.path.realpath(request["root"])
        self._select = None if request.get("select") is None else frozenset(request["select"])
        self._reported = {tuple(pair) for pair in reported}
        # Of files that the host added for this run only the tests that it names.
        self._planted = {file["file"]: frozenset(file["names"]) for file in request.get("planted") or []}
        self._seconds = request["secondsPerTest"]
        self._current = None
        self._started = None
        self.tracer = tracer
        self._names_sent = 0
        self._everywhere = frozenset()

    def relative(self, path):
        """A path relative to the root, POSIX."""
        return os.path.relpath(os.path.realpath(str(path)), self._root).replace(os.sep, "/")

    def wanted(self, identity, file):
        """Whether a test is to be run."""
        if (file, identity) in self._reported:
            return False
        if file in self._planted:
            return bare_name(identity) in self._planted[file]
        return self._select is None or identity in self._select

    def start(self, identity, file):
        """A test begins."""
        if self.tracer is not None:
            self.tracer.assign_to_file(file)
        alarm.take_rang()
        self._current = {"id": identity, "file": file}
        self._started = time.monotonic()
        self._writer.send({"start": self._current})

    def arm(self):
        """Start the alarm of the current test's time limit."""
        left = self._started + self._seconds - time.monotonic()
        alarm.arm(left if left > 0 else _SECONDS_TO_TEAR_DOWN)

    def finish(self, status, error=None, title=None):
        """The current test ended.

        ``error``: an exception or a text; ``title``: how the runner prints the test.
        """
        alarm.disarm()
        if alarm.take_rang():
            # Neither a test that swallows the alarm nor what the alarm disturbs in a runner may hide it.
            status, error = "timeout", error or "the time was up"
        if self._current is not None:
            seconds = time.monotonic() - self._started
            entered = None if self.tracer is None else self.tracer.end_test(self._current["file"])
            self._send(self._current, status, seconds, error, title, entered)
            self._current = None

    def outside(self, identity, file, status, error=None):
        """A result for which no test ran: a file that cannot be imported, or a failed fixture."""
        if (file, identity) not in self._reported:
            self._send({"id": identity, "file": file}, status, 0.0, error, None)

    @property
    def current(self):
        """Identity and file of the running test, or None."""
        return self._current

    def assign_to_all(self):
        """What was entered so far counts for every test."""
        if self.tracer is not None:
            self.tracer.assign_to_file(None)

    def _send(self, test, status, seconds, error, title, entered=None):
        result = dict(test, status=status, seconds=round(seconds, 4))
        if entered is not None:
            self._send_names()
            result["entered"] = entered
        if error is not None:
            result["message"] = describe(error)[:_MESSAGE_CHARACTERS]
        if title:
            result["title"] = title
        self._reported.add((test["file"], test["id"]))
        self._writer.send({"test": result})

    def _send_names(self):
        names, everywhere = self.tracer.names, frozenset(self.tracer.everywhere)
        if len(names) > self._names_sent:
            self._writer.send({"functions": {"from": self._names_sent, "names": names[self._names_sent :]}})
            self._names_sent = len(names)
        if len(everywhere) > len(self._everywhere):
            self._writer.send({"everywhere": sorted(everywhere - self._everywhere)})
            self._everywhere = everywhere


def bare_name(identity):
    """The name of a test's function in an id of any runner.

    ``f.py::C::test_x[1]``, ``test_x (m.C)``, ``test_x``.
    """
    return identity.split("[")[0].split("::")[-1].split(" ")[0]


def describe(error):
    """Type and message of an exception; a text as it is."""
    if isinstance(error, str):
        return error
    try:
        return "%s: %s" % (type(error).__name__, error)
    except Exception:
        return type(error).__name__
