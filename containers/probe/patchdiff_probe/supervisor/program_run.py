"""Runs a program in as many children as it needs, so that every input gets exactly one observation."""

import os
import time

from patchdiff_probe.child.observe import without_run
from patchdiff_probe.supervisor.workers import GRACE, NotHosted, ZygoteDied, describe_status

TIMEOUT = {"kind": "timeout"}


class ProgramRun:
    """One run of a program. ``zygotes`` gives the running zygote and replaces a dead one."""

    def __init__(self, zygotes, program, options, emit):
        self._zygotes = zygotes
        self._program = program
        self._options = options
        self._emit = emit
        self._waiting = [index for index, step in enumerate(program["steps"]) if step["kind"] == "observe"]
        self._deadline = time.monotonic() + options["secondsPerProgram"]

    def run(self):
        """Run the program; emits (input id, observation) once for every input."""
        while self._waiting:
            if time.monotonic() >= self._deadline:
                self._give_up(list(self._waiting), TIMEOUT)
            else:
                self._attempt()

    def _attempt(self):
        """Run one child, which answers at least one of the waiting inputs.

        Where it dies, the input that it was running comes first in the next child: an earlier input may have
        been the cause (interpreters have crashed several inputs after the one that corrupted their caches).
        """
        try:
            child = self._zygotes.current(self._program.get("host")).child(self._job())
            self._follow(child)
            child.finish()
        except ZygoteDied:
            self._zygotes.restart(self._program.get("host"))
        except NotHosted as error:
            self._give_up(list(self._waiting), {"kind": "setup-failed", "exception": not_hosted(error)})

    def _job(self):
        return {
            "task": "run",
            "program": self._program,
            "resume": self._waiting[0],
            "secondsPerInput": self._options["secondsPerInput"],
            "secondsLeft": max(0.01, self._deadline - time.monotonic()),
        }

    def _follow(self, child):
        first = self._waiting[0]
        step = self._prelude_of(first)
        limit = self._deadline + GRACE
        try:
            while self._waiting:
                kind, event = child.next(limit)
                if kind == "message":
                    if "begin" in event:
                        step = event["begin"]
                        limit = self._limit(step)
                    elif event.get("observed") in self._waiting:
                        self._observed(event["observed"], event["observation"])
                    elif "setup" in event:
                        self._setup_failed(step, event["setup"])
                elif kind == "late":
                    return self._failed(step, TIMEOUT, "timed out")
                elif self._kind(step) == "observe" and self._waiting[0] != first:
                    return None
                else:
                    return self._failed(step, _death(event), describe_status(event))
        except ZygoteDied:
            self._failed(step, _death(9), describe_status(9))
            raise

    def _prelude_of(self, step):
        return max(index for index in range(step + 1) if self._kind(index) == "prelude")

    def _kind(self, step):
        return self._program["steps"][step]["kind"]

    def _limit(self, step):
        if self._kind(step) == "prelude":
            return self._deadline + GRACE
        return min(self._deadline, time.monotonic() + self._options["secondsPerInput"]) + GRACE

    def _failed(self, step, outcome, words):
        """The process ended or was given up while it ran ``step``."""
        if step in self._waiting:
            self._observed(step, without_run(outcome))
        elif self._kind(step) != "observe":
            self._setup_failed(step, words)

    def _setup_failed(self, step, reason):
        """Nothing that follows the prelude of ``step``, up to the next one, can be observed."""
        if not isinstance(reason, dict):
            reason = {"type": "patchdiff.SetupEnded", "bases": [], "message": "the set-up " + reason}
        outcome = {"kind": "setup-failed", "exception": reason}
        prelude = self._prelude_of(step)
        self._give_up([index for index in self._waiting if self._prelude_of(index) == prelude], outcome)

    def _give_up(self, inputs, outcome):
        for index in inputs:
            self._observed(index, without_run(outcome))

    def _observed(self, index, observation):
        self._waiting.remove(index)
        self._emit(self._program["steps"][index]["input"], observation)


def not_hosted(error):
    """The exception that inputs report where a host test could not be set up."""
    return {"type": "patchdiff.NotHosted", "bases": [], "message": str(error)}


def _death(status):
    if os.WIFSIGNALED(status):
        return {"kind": "crashed", "signal": os.WTERMSIG(status)}
    return {"kind": "exited", "code": os.WEXITSTATUS(status)}
