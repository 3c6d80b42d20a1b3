"""The programs of the host, run in a forked child: preludes, ``exec`` steps and observed inputs."""

import builtins
import sys
import types

from patchdiff_probe import safe
from patchdiff_probe.child.capture import Capture
from patchdiff_probe.child.chance import Chance
from patchdiff_probe.child.databases import DatabaseWatch
from patchdiff_probe.child.django_models import ProgramTables
from patchdiff_probe.child.observe import Observer, parse, variables
from patchdiff_probe.isolation import randomness
from patchdiff_probe.isolation.alarm import Alarm, call_within
from patchdiff_probe.state.files import Files
from patchdiff_probe.values.exceptions import ExceptionReader
from patchdiff_probe.values.names import NAMESPACE
from patchdiff_probe.values.normalise import Normaliser

__builtins__ = safe.BUILTINS
os = safe.os
time = safe.time


class ProgramRunner:
    """Runs one program. A frame announces every step before it starts, and carries what was observed before
    it.

    ``context``: a ChildContext, whose fixtures are variables of the program but not part of an input's state.
    ``job``: ``program``, ``resume`` (an earlier child observed the inputs before this step),
    ``secondsPerInput``, ``secondsLeft``.
    """

    def __init__(self, context, writer, job):
        side = context.side
        self._writer = writer
        self._job = job
        self._fixtures = context.fixtures
        self._hits = context.hits
        normaliser = Normaliser(side["root"], side["scratch"])
        self._exceptions = ExceptionReader(side["root"], normaliser, side["limits"]["valueBytes"])
        self._capture = Capture(os.getcwd())
        self._directory = os.getcwd()
        self._files = Files(self._directory, side["home"], normaliser)
        self._observer = Observer(
            normaliser,
            self._exceptions,
            self._capture,
            self._hits,
            self._files,
            side["limits"],
            frozenset(self._fixtures),
        )
        self._recursion = sys.getrecursionlimit()
        self._state = context.state
        self._seed = side.get("seed") or 0
        self._first_seed = side.get("firstSeed") or self._seed
        self._deadline = time.monotonic() + job["secondsLeft"]
        # Whether the state was saved since the last prelude or exec step.
        self._state_saved = False
        # Whether an input may have changed the state since.
        self._state_used = False
        # The class and module bodies that the program entered outside of its inputs, and all that its set-up
        # and that of its host entered: what the inputs work on.
        self._bodies = set()
        self._host_hits = context.set_up
        self._set_up = set(context.set_up)
        # Compiled statements of set-ups, by source: many inputs of a program share them.
        self._codes = {}
        # The exception that kept a variable from being assigned, by the variable's name.
        self._unassigned = {}
        self._chance = Chance(self._seed != self._first_seed)
        self._hung = False
        self._databases = DatabaseWatch()
        self._tables = ProgramTables()
        # Whether an input left what no later one may see and this process cannot put back.
        self._spent = False

    def run(self):
        """Run the program to its end, or to the first step that hung or that changed a database.

        The supervisor then starts a new child.
        """
        steps, resume = self._job["program"]["steps"], self._job["resume"]
        first = max(index for index in range(resume) if steps[index]["kind"] == "prelude")
        namespace = None  # after a prelude that raised, until the next
        for index in range(first, len(steps)):
            kind, source = steps[index]["kind"], steps[index]["source"]
            if kind == "prelude":
                self._writer.send({"begin": index})
                if index > first:
                    self._start_over()
                namespace = self._prelude(source)
            elif namespace is not None and kind == "exec":
                self._writer.send({"begin": index})
                self._execute(source, namespace, self._job["secondsPerInput"])
                self._set_up |= self._entered
            elif namespace is not None and index >= resume:
                self._writer.send({"begin": index})
                self._observe(index, steps[index], namespace)
            if self._hung or self._spent:
                return self._writer.flush()
        self._writer.send({"done": True})

    def _start_over(self):
        """Undo everything that the steps before did, as another prelude follows."""
        call_within(self._job["secondsPerInput"], lambda: self._restore(self._state.reset))
        self._state_used = False
        self._files.clear()
        self._bodies = set()
        self._set_up = set(self._host_hits)
        self._unassigned = {}
        self._chance = Chance(self._seed != self._first_seed)

    def _prelude(self, source):
        """A new namespace in which a prelude was run; None where that raised or hung."""
        module = types.ModuleType(NAMESPACE)
        safe.MODULES[NAMESPACE] = module
        namespace = vars(module)
        namespace["__builtins__"] = builtins
        error = self._execute(source, namespace, max(0.01, self._deadline - time.monotonic()))
        namespace.update(self._fixtures)
        if error is not None:
            self._writer.send({"setup": error})
        return None if self._hung or error is not None else namespace

    def _execute(self, source, namespace, seconds):
        """Run statements for their effect; returns what they raised, described."""
        self._chance.note(source)
        self._reset_process(source)
        self._state_saved = False
        self._files.forget()
        self._capture.begin()
        finished, error = call_within(seconds, lambda: self._exec(source, namespace))
        self._entered = self._hits.take()
        self._bodies |= self._entered & self._hits.bodies
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
            self._tables.make()
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

    def _observe(self, index, step, namespace):
        source = step["source"]
        self._reset_process(source, self._chance.may_vary(source))
        if not self._state_saved:
            self._state_saved = True
            call_within(self._job["secondsPerInput"], self._state.save)
            self._databases.mark()
        observation = self._observer.observe(
            source, namespace, self._job["secondsPerInput"], step.get("reads", ())
        )
        self._explain_missing_variable(observation["outcome"])
        own = self._bodies.union(observation["hits"])
        observation["hits"] = sorted(own or self._set_up)
        self._writer.queue({"observed": index, "observation": observation})
        self._state_used = True
        self._hung = observation["outcome"]["kind"] == "timeout"
        self._spent = self._databases.changed()

    def _restore(self, restore):
        try:
            restore()
        except Alarm:
            raise
        except BaseException:
            return  # such as a key that can no longer be hashed

    def _explain_missing_variable(self, outcome):
        """Replace the NameError of a variable whose assignment raised by that exception."""
        error = outcome.get("exception", {})
        if outcome["kind"] != "raised" or error["type"] != "builtins.NameError":
            return
        for name, facts in self._unassigned.items():
            if error["message"].startswith("name %r is not defined" % name):
                outcome["exception"] = facts

    def _reset_process(self, source, vary=False):
        """Give a step the starting point that it has in every process; with ``vary``, other random numbers in
        each.
        """
        if self._state_used:
            self._state_used = False
            call_within(self._job["secondsPerInput"], lambda: self._restore(self._state.restore))
        sys.setrecursionlimit(self._recursion)
        os.chdir(self._directory)
        if vary:
            randomness.seed(self._seed, source, self._seed - self._first_seed)
        else:
            randomness.seed(self._first_seed, source)
