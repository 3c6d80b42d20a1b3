"""The supervisor: answers the host's requests, and never imports code under test itself."""

import os
import platform
import time

from patchdiff_probe import orphans, requests
from patchdiff_probe.channel import Channel
from patchdiff_probe.conduct import Conductor
from patchdiff_probe.workers import GRACE, Zygote, ZygoteDied, describe_status


def serve():
    """Serve requests until the host closes the channel or asks for the end; returns the exit code."""
    orphans.adopt()
    server = Server(Channel.take())
    try:
        return server.run()
    finally:
        server.close()


class Server:
    """One side's server: at most one zygote, one request at a time."""

    def __init__(self, channel):
        self._channel = channel
        self._side = None
        self._skip = []
        self._zygote = None

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
        """End the zygote and all its children."""
        if self._zygote is not None:
            self._zygote.kill()
            self._zygote = None

    def current(self):
        """The living zygote; starts one where there is none."""
        if self._zygote is None:
            self._start()
        return self._zygote

    def restart(self):
        """Replace a zygote that died or does not react."""
        self.close()

    def _open(self, request):
        self.close()
        self._side = request
        self._skip = []
        facts = self._start()
        return {
            "id": request["id"],
            "ok": True,
            "python": platform.python_version(),
            "implementation": platform.python_implementation(),
            "failed": facts["failed"] + self._skip,
            "hits": facts["hits"],
            "seconds": facts["seconds"],
        }

    def _start(self):
        os.makedirs(self._side["scratch"], exist_ok=True)
        while True:
            zygote = Zygote(self._side, self._channel)
            facts, death = zygote.start([entry["module"] for entry in self._skip])
            if facts is not None:
                self._zygote = zygote
                return facts
            module, reason = death
            if module is None:
                raise RuntimeError("the interpreter ended before any import: " + reason)
            message = "the interpreter ended while importing: " + reason
            exception = {"type": "patchdiff.ImportEnded", "bases": [], "message": message}
            self._skip.append({"module": module, "exception": exception})

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

            Conductor(self, program, request, emit).run()
        return {"id": request["id"], "done": True}

    def _resolve(self, request):
        job = {"task": "resolve", "modules": request["modules"], "names": request["names"]}
        result, end = self._ask(job, 60)
        return dict(result or {"error": "the resolving process " + end}, id=request["id"])

    def _verify(self, request):
        job = {"task": "verify", "source": request["source"], "seconds": request["seconds"]}
        result, end = self._ask(job, request["seconds"])
        return dict(result or {"status": "timeout" if end == "timed out" else "crashed"}, id=request["id"])

    def _ask(self, job, seconds):
        """A job with one result: (result, None), or (None, how its process ended)."""
        try:
            child = self.current().child(job)
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
            self.restart()
            return None, describe_status(9)
