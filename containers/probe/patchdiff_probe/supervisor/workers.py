"""Starts and watches the zygote and its children, from the supervisor.

Nothing here ever imports code under test.
"""

import array
import os
import select
import shutil
import signal
import socket
import time
import zlib

from patchdiff_probe import safe
from patchdiff_probe.child.zygote import MAX_CONTROL, zygote
from patchdiff_probe.isolation import orphans, shield
from patchdiff_probe.isolation.removal import remove_tree
from patchdiff_probe.isolation.snapshot import DirectorySnapshot
from patchdiff_probe.protocol import frames

OPEN_SECONDS = 600
# Seconds that a process may stay silent beyond its limit before it is killed.
GRACE = 1.0
_PATIENCE = 10
_CHUNK = 1 << 16
# For how many seconds messages of a child may wait, and how many chunks are read at once.
_TICK = 0.02
_CHUNKS = 64


class ZygoteDied(Exception):
    """The zygote ended or does not respond; it must be started again."""


class NotHosted(Exception):
    """A host test could not be set up."""


class Zygote:
    """A running zygote."""

    def __init__(self, side, channel, host=None, stem=None):
        """A zygote for an open request.

        ``channel`` is closed in the new process. ``host``: the test in whose place it runs; ``stem``: the
        process that has set up what that test shares with others, and forks the zygote.
        """
        self._suffix = (
            "" if host is None else "-%08x" % zlib.crc32(host["test"].encode("utf-8", "surrogatepass"))
        )
        self._side = dict(side, home=os.path.join(side["scratch"], "home" + self._suffix))
        self._channel = channel
        self._host = host
        self._stem = stem
        # Of the directories that are put back after each child.
        self._snapshots = []
        self._programs = 0
        self._nonce = frames.new_nonce()
        self._control = None
        self.pid = None

    def start(self, skip, others):
        """Fork it and wait for its imports; ``others``: the process ids of the other zygotes and stems.

        Returns (facts, None). Or (None, (module, reason)) when the interpreter ended while it imported a
        module; the module is None when a host test could not be set up.
        """
        host = None
        if self._host is not None:
            host = {
                "test": self._host,
                "directory": os.path.join(self._side["scratch"], "fixtures" + self._suffix),
            }
        remove_tree(self._side["home"])
        os.makedirs(self._side["home"], exist_ok=True)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        report, their_report = socket.socketpair()
        self._fork(skip, host, theirs, their_report)
        theirs.close()
        their_report.close()
        with report:
            facts, failure = await_ready(report, self._nonce, self._note_pid)
        if facts is not None:
            return self._ready(facts, host, others)
        status = self.kill(others)
        module, reason = failure
        return None, (module, reason or describe_status(status))

    def _fork(self, skip, host, control, report):
        if self._stem is not None:
            order = {
                "test": self._host["test"],
                "directory": host["directory"],
                "home": self._side["home"],
                "nonce": self._nonce.decode("ascii"),
            }
            return self._stem.send(order, (control, report))
        self.pid = os.fork()
        if self.pid == 0:
            shield.lower_shield()
            self._channel.close()
            self._control.close()
            zygote(self._side, skip, host, control, report, self._nonce)

    def _note_pid(self, pid):
        if self.pid is None and isinstance(pid, int) and pid in orphans.children():
            self.pid = pid

    def _ready(self, facts, host, others):
        try:
            self._snapshots.append(DirectorySnapshot(self._side["home"]))
        except (ValueError, OSError, shutil.Error):
            pass  # caches too large to copy: the next child finds them as this one leaves them
        if host is not None and os.path.isdir(host["directory"]):
            try:
                self._snapshots.append(DirectorySnapshot(host["directory"]))
            except (ValueError, OSError, shutil.Error) as error:
                self.kill(others)
                return None, (None, "what its fixtures wrote cannot be kept: %s" % error)
        return facts, None

    def child(self, job):
        """Fork a child that does ``job``. Raises ZygoteDied."""
        self._programs += 1
        directory = os.path.join(self._side["scratch"], "program-%d" % self._programs)
        while os.path.lexists(directory):
            self._programs += 1
            directory = os.path.join(self._side["scratch"], "program-%d" % self._programs)
        os.mkdir(directory, 0o700)
        return Child(self._control, self._nonce, directory, job, self._snapshots)

    def kill(self, spared=frozenset()):
        """Kill it and all it started, except ``spared`` (the process ids of other zygotes).

        Returns its wait status.
        """
        self._control.close()
        status = end_process(self.pid, spared)
        for snapshot in self._snapshots:
            snapshot.drop()
        return status


class Child:
    """A forked child that does one job; ``next`` gives what it reports."""

    def __init__(self, control, zygote_nonce, directory, job, snapshots):
        self._control = control
        self._zygote_nonce = zygote_nonce.decode("ascii")
        self._directory = directory
        self._snapshots = snapshots
        self._messages = []
        self._open = True
        self._status = None
        self._orphaned = False
        self._pid = None
        nonce = frames.new_nonce()
        self._reader = frames.FrameReader(nonce)
        self._socket, theirs = socket.socketpair()
        payload = safe.to_json(job).encode("ascii")
        order = {"nonce": nonce.decode("ascii"), "directory": directory, "size": len(payload)}
        with theirs:
            self._send_order(safe.to_json(order).encode("ascii"), theirs)
        try:
            self._socket.settimeout(_PATIENCE)
            self._socket.sendall(payload)
            self._socket.setblocking(False)
        except OSError:
            self._open = False  # it ended or does not read; `next` finds out

    def _send_order(self, order, theirs):
        try:
            fds = array.array("i", [theirs.fileno()])
            self._control.settimeout(_PATIENCE)
            self._control.sendmsg([order], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
        except OSError as error:
            raise ZygoteDied() from error

    def next(self, deadline):
        """The next event by a monotonic time.

        ``("message", dict)``, ``("ended", wait status)`` after all messages, or ``("late", None)``.
        Raises ZygoteDied.
        """
        while True:
            if self._messages:
                return "message", self._messages.pop(0)
            if self._status is not None:
                return "ended", self._status
            if self._orphaned:
                raise ZygoteDied()
            left = deadline - time.monotonic()
            if left <= 0:
                return "late", None
            self._wait(left)

    def _wait(self, seconds):
        # Waits for the end of the child and not for its messages: each would wake this process while the
        # child works.
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        if poll.poll(int(min(seconds, _TICK if self._open else seconds) * 1000) + 1):
            self._read_control()
        for _ in range(_CHUNKS):
            if not self._open or not self._read_messages():
                break

    def _read_control(self):
        data = self._control.recv(MAX_CONTROL)
        if not data:
            self._read_all()
            self._orphaned = True
        try:
            message = safe.from_json(data.decode("ascii"))
        except ValueError:
            return
        if not isinstance(message, dict) or message.get("nonce") != self._zygote_nonce:
            return
        if isinstance(message.get("pid"), int) and message["pid"] > 1:
            self._pid = message["pid"]
        if isinstance(message.get("status"), int):
            self._read_all()
            self._status = message["status"]

    def _read_all(self):
        while self._open and self._read_messages():
            pass

    def _read_messages(self):
        """Read what has arrived; False when nothing has."""
        try:
            data = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self._open = False
        self._messages += self._reader.feed(data)
        return bool(data)

    def finish(self):
        """Kill the child and what it started, wait for its end, remove its directory. Raises ZygoteDied."""
        deadline = time.monotonic() + _PATIENCE
        try:
            self._wait_until(lambda: self._pid is not None or self._status is not None, deadline)
            if self._pid is not None:
                _kill_group(self._pid)
            self._wait_until(lambda: self._status is not None, deadline)
        finally:
            self._socket.close()
            remove_tree(self._directory)
            for snapshot in self._snapshots:
                snapshot.restore()

    def _wait_until(self, condition, deadline):
        while not condition():
            if self._orphaned or time.monotonic() > deadline:
                raise ZygoteDied()
            self._wait(1)


def await_ready(report, nonce, on_pid=lambda pid: None):
    """Wait for a process that imports and sets up: (facts, None), or (None, (module, reason)).

    The module is the one being imported, or None; the reason None where the process ended.
    """
    reader = frames.FrameReader(nonce)
    importing = None
    deadline = time.monotonic() + OPEN_SECONDS
    while True:
        report.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            data = report.recv(_CHUNK)
        except socket.timeout:
            return None, (importing, "timed out after %d seconds" % OPEN_SECONDS)
        for message in reader.feed(data):
            if "ready" in message:
                return message["ready"], None
            if "failed" in message:
                return None, (None, message["failed"])
            if "pid" in message:
                on_pid(message["pid"])
            importing = message.get("importing")
        if not data:
            return None, (importing, None)


def end_process(pid, spared):
    """Kill a child and all it started, except ``spared``; returns its wait status."""
    status = signal.SIGKILL
    if pid is not None:
        _kill_group(pid)
        status = os.waitpid(pid, 0)[1]
    orphans.kill_children(spared)
    return status


def describe_status(status):
    """A wait status in words."""
    if os.WIFSIGNALED(status):
        return "killed by signal %d" % os.WTERMSIG(status)
    return "exited with code %d" % os.WEXITSTATUS(status)


def _kill_group(pid):
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue
