"""The programs of the host, run in a forked child: prelude, ``exec`` steps and observed inputs."""

import builtins
import sys
import types

from patchdiff_probe import safe
from patchdiff_probe.alarm import Alarm, call_within
from patchdiff_probe.capture import Capture
from patchdiff_probe.exceptions import ExceptionReader
from patchdiff_probe.files import Files
from patchdiff_probe.forking import fork
from patchdiff_probe.normalise import Normaliser
from patchdiff_probe.observe import Observer, parse, variables

__builtins__ = safe.BUILTINS
os = safe.os

NAMESPACE = "__patchdiff__"
PRELUDE = -1


class ProgramRunner:
    """Runs one program; every step is announced by a frame before it starts.

    ``job``: ``program``, ``resume`` (observed inputs before this step were done by an earlier child),
    ``isolate``, ``secondsPerInput``, ``secondsLeft``. ``tables``: those of the targets, as they were before the fork.
    """

    def __init__(self, side, hits, tables, writer, job):
        self._writer = writer
        self._job = job
        self._hits = hits
        normaliser = Normaliser(side["root"], side["scratch"])
        self._exceptions = ExceptionReader(side["root"], normaliser, side["limits"]["valueBytes"])
        self._capture = Capture(os.getcwd(), side["limits"]["outputBytes"])
        self._directory = os.getcwd()
        self._observer = Observer(
            normaliser,
            self._exceptions,
            self._capture,
            hits,
            Files(self._directory, normaliser),
            side["limits"]["valueBytes"],
        )
        self._recursion = sys.getrecursionlimit()
        self._tables = tables
        # Whether the tables are known as the last step that was run for its effect left them.
        self._taken = False
        self._bodies = set()
        # What kept a variable from being assigned, by its name.
        self._unassigned = {}

    def run(self):
        """Run the program to its end, or to the first input that hung; the supervisor then starts a new child."""
        module = types.ModuleType(NAMESPACE)
        safe.MODULES[NAMESPACE] = module
        namespace = vars(module)
        namespace["__builtins__"] = builtins
        self._writer.send({"begin": PRELUDE})
        if not self._execute(self._job["program"]["prelude"], namespace, self._job["secondsLeft"], PRELUDE):
            return
        for index, step in enumerate(self._job["program"]["steps"]):
            if step["kind"] == "exec":
                self._writer.send({"begin": index})
                if not self._execute(step["source"], namespace, self._job["secondsPerInput"], index):
                    return
            elif index >= self._job["resume"]:
                self._writer.send({"begin": index})
                run = self._observe_apart if self._job["isolate"] else self._observe
                if not run(index, step["source"], namespace):
                    return
        self._writer.send({"done": True})

    def _execute(self, source, namespace, seconds, index):
        """Run statements for their effect. False ends the program: a prelude that raised, or anything that hung."""
        self._settle()
        self._taken = False
        self._capture.begin()
        finished, error = call_within(seconds, lambda: self._exec(source, namespace, index))
        self._bodies |= self._hits.take() & self._hits.bodies
        if not finished:
            self._writer.send({"setup": "timed out"})
        elif error is not None and index == PRELUDE:
            self._writer.send({"setup": error})
        else:
            return True
        return False

    def _exec(self, source, namespace, index):
        try:
            name = "<prelude>" if index == PRELUDE else "<step>"
            exec(compile(source, name, "exec", dont_inherit=True), namespace)
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
        self._writer.send({"observed": index, "observation": observation})
        call_within(self._job["secondsPerInput"], self._restore)
        return observation["outcome"]["kind"] != "timeout"

    def _restore(self):
        try:
            self._tables.restore()
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

    def _observe_apart(self, index, source, namespace):
        """Observe in a fork of its own, so that nothing of it reaches later inputs."""
        child = fork()
        if child == 0:
            self._writer.hand_over()
            self._observe(index, source, namespace)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        self._writer.send({"ended": index, "status": status})
        return True

    def _settle(self):
        """The same starting point for every step."""
        sys.setrecursionlimit(self._recursion)
        os.chdir(self._directory)
        seed_random()


def seed_random():
    """Seed the generators that are loaded."""
    for name in ("random", "numpy.random"):
        module = safe.MODULES.get(name)
        if module is not None:
            try:
                module.seed(0)
            except Exception:
                continue  # replaced by code under test
