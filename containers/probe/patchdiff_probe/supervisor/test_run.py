"""Supervises a test run: passes results on, and continues after a test that hangs or ends the interpreter."""

import os
import select
import signal
import socket
import sys
import time

from patchdiff_probe import safe
from patchdiff_probe.isolation import orphans, shield
from patchdiff_probe.protocol import frames
from patchdiff_probe.protocol.channel import Channel, move_high
from patchdiff_probe.supervisor import requests
from patchdiff_probe.supervisor.planted import PlantedFiles, SteeringWatch
from patchdiff_probe.supervisor.workers import describe_status
from patchdiff_probe.testrun import process

# Seconds a test may go on after its alarm before its process is killed.
GRACE = 5
_CHUNK = 1 << 16
# What a test ends with that has run.
_RAN = ("passed", "xfailed", "xpassed")


def run():
    """Read one request, run its tests, write the results.

    Returns the exit code (1: the run did not end by itself).
    """
    orphans.adopt()
    channel = Channel.take()
    line = next(channel.lines(), None)
    try:
        request = safe.from_json(line.decode("utf-8"))
        requests.check_test_run(request)
    except (AttributeError, ValueError) as error:
        channel.send({"error": "malformed request: %s" % error})
        return 2
    return TestRun(channel, request).run()


class TestRun:
    """One run, in a new process after each test that ended or blocked the one before."""

    def __init__(self, channel, request):
        self._channel = channel
        self._request = request
        self._announced = False
        self._reported = []
        self._current = None
        self._deadline = None

    def run(self):
        """Run to the end, beside the files that the host plants; returns the exit code."""
        planted = PlantedFiles(self._request["root"], self._request.get("planted") or [])
        watch = SteeringWatch(self._request["root"], self._request["files"])
        planted.write()
        try:
            self._request = dict(self._request, files=self._request["files"] + planted.names)
            return self._run(watch)
        finally:
            planted.remove()

    def _run(self, watch):
        while True:
            before = len(self._reported)
            done, ending = self._attempt()
            if self._current is not None:
                status = "timeout" if ending == "timed out" else "error"
                self._report(
                    dict(self._current, status=status, seconds=0.0, message="the interpreter " + ending)
                )
            if done:
                self._channel.send({"altered": watch.altered()})
                self._channel.send({"done": True})
                return 0
            if len(self._reported) == before:
                print("patchdiff: the test process %s outside any test" % ending, file=sys.stderr)
                return 1

    def _attempt(self):
        """Run one process: (whether it ran all its tests, how it ended)."""
        ours, theirs = socket.socketpair()
        nonce = frames.new_nonce()
        pid = os.fork()
        if pid == 0:
            shield.lower_shield()
            self._channel.close()
            ours.close()
            process.main(self._request, self._reported, move_high(theirs.detach()), nonce)
        theirs.close()
        try:
            done, late = self._follow(ours, frames.FrameReader(nonce))
        finally:
            ours.close()
            for kill in (os.killpg, os.kill):
                try:
                    kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            status = os.waitpid(pid, 0)[1]
            orphans.kill_children()
        return done, "timed out" if late else describe_status(status)

    def _follow(self, connection, reader):
        """Pass results on until the process closes its end: (whether it was done, whether it was late)."""
        self._current = self._deadline = None
        while True:
            timeout = None if self._deadline is None else max(0, self._deadline - time.monotonic())
            if not select.select([connection], [], [], timeout)[0]:
                return False, True
            try:
                data = connection.recv(_CHUNK)
            except ConnectionError:
                data = b""
            if not data:
                return False, False
            for message in reader.feed(data):
                if "done" in message:
                    return True, False
                self._take(message)

    def _take(self, message):
        if "runner" in message and not self._announced:
            self._announced = True
            self._channel.send({"runner": message["runner"]})
        elif "start" in message:
            self._current = message["start"]
            self._deadline = time.monotonic() + self._request["secondsPerTest"] + GRACE
        elif "functions" in message or "everywhere" in message:
            self._channel.send(message)
        elif "test" in message:
            test = message["test"]
            if test.get("status") in _RAN and self._current != {"id": test["id"], "file": test["file"]}:
                self._channel.send({"irregular": test["id"]})
            self._report(test)

    def _report(self, test):
        self._current = self._deadline = None
        self._reported.append([test["file"], test["id"]])
        self._channel.send({"test": test})
