"""The server of one side: answers the host's requests, and never imports code under test itself."""

import os
import platform
import time

from patchdiff_probe.isolation import orphans
from patchdiff_probe.protocol.channel import Channel
from patchdiff_probe.supervisor import requests
from patchdiff_probe.supervisor.program_run import ProgramRun, not_hosted
from patchdiff_probe.supervisor.stem import Stem
from patchdiff_probe.supervisor.workers import GRACE, NotHosted, Zygote, ZygoteDied, describe_status


def serve():
    """Serve requests until the host closes the channel or asks for the end; returns the exit code."""
    orphans.adopt()
    server = Server(Channel.take())
    try:
        return server.run()
    finally:
        server.close()


# How many zygotes of host tests are kept running.
MAX_HOSTED = 8


class Server:
    """One side's server: one zygote, and one more for each of the last used host tests.

    Answers one request at a time.
    """

    def __init__(self, channel):
        self._channel = channel
        self._side = None
        self._skip = []
        # Zygotes by their host test (None for the one without), the last used at the end.
        self._zygotes = {}
        # What host tests share, by the files that are set up together.
        self._stems = {}
        # By host test, or by such files: why it could not be set up.
        self._failed = {}

    def run(self):
        """Answer requests in their order."""
        for line in self._channel.lines():
            identity = None
            try:
                request = requests.parse(line)
                identity = request["id"]
                if request["op"] == "close":
                    break
                if request["op"] != "open" and self._side is None:
                    raise requests.BadRequest("nothing is open", identity)
                answer = getattr(self, "_" + request["op"])(request)
            except requests.BadRequest as error:
                answer = {"id": error.identity if identity is None else identity, "error": str(error)}
            except Exception as error:
                answer = {"id": identity, "error": "%s: %s" % (type(error).__name__, error)}
            self._channel.send(answer)
        return 0

    def close(self):
        """End all zygotes and all their children."""
        for key in list(self._zygotes):
            self._end(key)
        for files in list(self._stems):
            self._stems.pop(files).kill(self._pids())

    def current(self, host=None):
        """The running zygote for a host test, or for none.

        Started where there is none yet. Raises NotHosted.
        """
        key = _key(host)
        if key in self._failed:
            raise NotHosted(self._failed[key])
        if key in self._zygotes:
            self._zygotes[key] = self._zygotes.pop(key)
        else:
            self._start(host)
            hosted = [other for other in self._zygotes if other is not None]
            for other in hosted[:-MAX_HOSTED]:
                self._end(other)
        return self._zygotes[key]

    def restart(self, host=None):
        """End a zygote that died or does not respond; ``current`` starts another."""
        self._end(_key(host))

    def _end(self, key):
        zygote = self._zygotes.pop(key, None)
        if zygote is not None:
            zygote.kill(self._pids())

    def _pids(self):
        running = list(self._zygotes.values()) + list(self._stems.values())
        return frozenset(process.pid for process in running)

    def _open(self, request):
        self.close()
        self._side = request
        self._skip = []
        self._failed = {}
        facts = self._start(None)
        return {
            "id": request["id"],
            "ok": True,
            "python": platform.python_version(),
            "implementation": platform.python_implementation(),
            "failed": facts["failed"] + self._skip,
            "hits": facts["hits"],
            "seconds": facts["seconds"],
        }

    def _start(self, host):
        os.makedirs(self._side["scratch"], exist_ok=True)
        while True:
            zygote = Zygote(self._side, self._channel, host, self._stem(host))
            facts, death = zygote.start(self._skipped(), self._pids())
            if facts is not None:
                self._zygotes[_key(host)] = zygote
                return facts
            module, reason = death
            if module is None and host is not None:
                self._failed[_key(host)] = reason
                raise NotHosted(reason)
            if module is None:
                raise RuntimeError("the interpreter ended before any import: " + reason)
            message = "the interpreter ended while importing: " + reason
            exception = {"type": "patchdiff.ImportEnded", "bases": [], "message": message}
            self._skip.append({"module": module, "exception": exception})

    def _skipped(self):
        return [entry["module"] for entry in self._skip]

    def _stem(self, host):
        """The stem for a host test, started where there is none yet; None where pytest sets it up. Raises
        NotHosted."""
        if host is None or "files" not in host:
            return None
        files = tuple(host["files"])
        if files in self._failed:
            raise NotHosted(self._failed[files])
        if files in self._stems and self._stems[files].ended:
            self._stems.pop(files).kill(self._pids())
        if files not in self._stems:
            stem = Stem(self._side, self._channel, host)
            reason = stem.start(self._skipped(), self._pids())
            if reason is not None:
                self._failed[files] = reason
                raise NotHosted(reason)
            self._stems[files] = stem
        return self._stems[files]

    def _run(self, request):
        for program in request["programs"]:

            def emit(identity, observation, program=program):
                self._channel.send(
                    {
                        "id": request["id"],
                        "program": program["id"],
                        "input": identity,
                        "observation": observation,
                    }
                )

            ProgramRun(self, program, request, emit).run()
        return {"id": request["id"], "done": True}

    def _resolve(self, request):
        job = {"task": "resolve", "modules": request["modules"], "names": request["names"]}
        result, end = self._ask(job, None, 60)
        return dict(result or {"error": "the resolving process " + end}, id=request["id"])

    def _verify(self, request):
        job = {"task": "verify", "source": request["source"], "seconds": request["seconds"]}
        try:
            result, end = self._ask(job, request.get("host"), request["seconds"])
        except NotHosted as error:
            return {"status": "error", "exception": not_hosted(error), "id": request["id"]}
        return dict(result or {"status": "timeout" if end == "timed out" else "crashed"}, id=request["id"])

    def _ask(self, job, host, seconds):
        """Run a job that has one result: (result, None), or (None, how its process ended)."""
        try:
            child = self.current(host).child(job)
            deadline = time.monotonic() + seconds + GRACE
            result, end = None, None
            while result is None and end is None:
                kind, event = child.next(deadline)
                if kind == "message":
                    result = event.get("result")
                else:
                    end = "timed out" if kind == "late" else describe_status(event)
            child.finish()
            return result, end
        except ZygoteDied:
            self.restart(host)
            return None, describe_status(9)


def _key(host):
    return None if host is None else (host["test"],) + tuple(host["names"])
