"""The programs of the host, run in a forked child: preludes, ``exec`` steps and observed inputs."""

import builtins
import sys
import types

from patchdiff_probe import randomness, safe
from patchdiff_probe.alarm import Alarm, call_within
from patchdiff_probe.capture import Capture
from patchdiff_probe.exceptions import ExceptionReader
from patchdiff_probe.files import Files
from patchdiff_probe.names import NAMESPACE
from patchdiff_probe.normalise import Normaliser
from patchdiff_probe.observe import Observer, parse, variables

__builtins__ = safe.BUILTINS
os = safe.os
time = safe.time


class ProgramRunner:
    """Runs one program; every step is announced by a frame before it starts; what was observed goes with the next.

    ``job``: ``program``, ``resume`` (observed inputs before this step were done by an earlier child),
    ``secondsPerInput``, ``secondsLeft``. ``tables``: those of the targets, as they were before the fork. ``given``: what the
    namespace has besides, by name; that is no state of an input.
    """

    def __init__(self, side, hits, tables, given, writer, job):
        self._writer = writer
        self._job = job
        self._given = given
        self._hits = hits
        normaliser = Normaliser(side["root"], side["scratch"])
        self._exceptions = ExceptionReader(side["root"], normaliser, side["limits"]["valueBytes"])
        self._capture = Capture(os.getcwd(), side["limits"]["outputBytes"])
        self._directory = os.getcwd()
        self._files = Files(self._directory, side["home"], normaliser)
        self._observer = Observer(
            normaliser,
            self._exceptions,
            self._capture,
            hits,
            self._files,
            side["limits"]["valueBytes"],
            frozenset(given),
        )
        self._recursion = sys.getrecursionlimit()
        self._tables = tables
        self._deadline = time.monotonic() + job["secondsLeft"]
        # Whether the tables are known as the last step that was run for its effect left them.
        self._taken = False
        # Whether an input may have changed them since.
        self._used = False
        self._bodies = set()
        # Of statements of set-ups, which many inputs of a program share.
        self._codes = {}
        # What kept a variable from being assigned, by its name.
        self._unassigned = {}
        self._hung = False

    def run(self):
        """Run the program to its end, or to the first step that hung; the supervisor then starts a new child."""
        steps, resume = self._job["program"]["steps"], self._job["resume"]
        first = max(index for index in range(resume) if steps[index]["kind"] == "prelude")
        namespace = None  # after a prelude that raised, until the next
        for index in range(first, len(steps)):
            kind, source = steps[index]["kind"], steps[index]["source"]
            if kind == "prelude":
                self._writer.send({"begin": index})
                if index > first:
                    self._begin_anew()
                namespace = self._prelude(source)
            elif namespace is not None and kind == "exec":
                self._writer.send({"begin": index})
                self._execute(source, namespace, self._job["secondsPerInput"])
            elif namespace is not None and index >= resume:
                self._writer.send({"begin": index})
                self._observe(index, source, namespace)
            if self._hung:
                return self._writer.flush()
        self._writer.send({"done": True})

    def _begin_anew(self):
        """Leave nothing of the steps before to those that follow another prelude."""
        call_within(self._job["secondsPerInput"], lambda: self._restore(self._tables.reset))
        self._used = False
        self._files.clear()
        self._bodies = set()
        self._unassigned = {}

    def _prelude(self, source):
        """A new namespace as a prelude leaves it; None where that raised or hung."""
        module = types.ModuleType(NAMESPACE)
        safe.MODULES[NAMESPACE] = module
        namespace = vars(module)
        namespace["__builtins__"] = builtins
        error = self._execute(source, namespace, max(0.01, self._deadline - time.monotonic()))
        namespace.update(self._given)
        if error is not None:
            self._writer.send({"setup": error})
        return None if self._hung or error is not None else namespace

    def _execute(self, source, namespace, seconds):
        """Run statements for their effect; returns what they raised, described."""
        self._settle()
        self._taken = False
        self._files.forget()
        self._capture.begin()
        finished, error = call_within(seconds, lambda: self._exec(source, namespace))
        self._bodies |= self._hits.take() & self._hits.bodies
        if not finished:
            self._hung = True
            self._writer.send({"setup": "timed out"})
        return error

    def _exec(self, source, namespace):
        try:
            code = self._codes.get(source)
            if code is None:
                code = self._codes[source] = compile(source, "<set-up>", "exec", dont_inherit=True)
            exec(code, namespace)
        except Alarm:
            raise
        except BaseException as error:
            facts = self._exceptions.describe(error)
            self._note_unassigned(source, namespace, facts)
            return facts
        return None

    def _note_unassigned(self, source, namespace, facts):
        try:
            assigned = variables(parse(source))[1]
        except (SyntaxError, ValueError, RecursionError):
            return
        self._unassigned.update((name, facts) for name in assigned if name not in namespace)

    def _observe(self, index, source, namespace):
        self._settle()
        if not self._taken:
            self._taken = True
            call_within(self._job["secondsPerInput"], self._tables.take)
        observation = self._observer.observe(source, namespace, self._job["secondsPerInput"])
        self._blame(observation["outcome"])
        observation["hits"] = sorted(self._bodies.union(observation["hits"]))
        self._writer.hold({"observed": index, "observation": observation})
        self._used = True
        self._hung = observation["outcome"]["kind"] == "timeout"

    def _restore(self, restore):
        try:
            restore()
        except Alarm:
            raise
        except BaseException:
            return  # a key that cannot be hashed any more

    def _blame(self, outcome):
        """A variable that is missing because its statement raised: that is the answer, not the NameError."""
        error = outcome.get("exception", {})
        if outcome["kind"] != "raised" or error["type"] != "builtins.NameError":
            return
        for name, facts in self._unassigned.items():
            if error["message"].startswith("name %r is not defined" % name):
                outcome["exception"] = facts

    def _settle(self):
        """The same starting point for every step."""
        if self._used:
            self._used = False
            call_within(self._job["secondsPerInput"], lambda: self._restore(self._tables.restore))
        sys.setrecursionlimit(self._recursion)
        os.chdir(self._directory)
        randomness.seed()
