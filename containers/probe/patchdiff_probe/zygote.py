"""The process that has imported the code under test, and forks a child for every job."""

import importlib
import sys

from patchdiff_probe import frames, hosted, instrument, limits, orphans, safe, tasks
from patchdiff_probe.channel import move_high
from patchdiff_probe.exceptions import ExceptionReader
from patchdiff_probe.forking import fork
from patchdiff_probe.normalise import Normaliser
from patchdiff_probe.tables import Tables

__builtins__ = safe.BUILTINS
os = safe.os
socket = safe.socket
signal = safe.signal
time = safe.time

MAX_CONTROL = 4096
# Exit code of a zygote or child in which the probe itself failed.
FAULT = 70


def zygote(side, skip, place, control, report, nonce):
    """Be the zygote: import what ``side`` says, report, then fork until the control socket ends. Never returns.

    ``side`` is the open request and its ``home``, the directory for what the imports write; ``skip`` the preloads that ended
    the interpreter before. ``place``: the host test that it takes the place of, and the directory for what its fixtures
    write; or None.
    """
    try:
        os.setsid()
        orphans.die_with_parent()
        orphans.adopt()
        control_fd, report_fd = move_high(control.detach()), move_high(report.detach())
        hits = _prepare(side)
        writer = frames.FrameWriter(report_fd, nonce)
        facts = _preload(side, skip, hits, writer)

        def serve(given):
            writer.send({"ready": facts})
            writer.close()
            _serve(socket.socket(fileno=control_fd), nonce, _ready(side, hits, place, given))

        if place is None:
            serve({})
        else:
            writer.send({"importing": None})
            writer.send({"failed": hosted.run_in_place(side["root"], place["host"], place["directory"], serve)})
    finally:
        os._exit(FAULT)


class _Start:
    """What every child of a zygote starts from. ``given``: the fixtures of the host test, ``directory``: its working directory
    where that is one of its own.
    """

    def __init__(self, side, hits, tables, given, directory):
        self.side = side
        self.hits = hits
        self.tables = tables
        self.given = given
        self.directory = directory


def _ready(side, hits, place, given):
    # A program that asks for gigabytes costs seconds, and says nothing that a smaller one would not.
    limits.leave_room(side["limits"]["memoryMb"] // 4)
    _flush()
    tables = Tables(side["root"], [target["file"] for target in side["targets"]])
    tables.take()
    if hasattr(safe.gc, "freeze"):
        safe.gc.collect()
        safe.gc.freeze()
    here = os.getcwd()
    is_own = place is not None and here.startswith(os.path.realpath(place["directory"]))
    return _Start(side, hits, tables, given, here if is_own else None)


def _prepare(side):
    limits.apply(side["limits"]["memoryMb"])
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    sys.stdin = sys.__stdin__ = open(0, closefd=False)
    sys.stdout = sys.__stdout__ = open(1, "w", closefd=False)
    sys.stderr = sys.__stderr__ = open(2, "w", closefd=False)
    sys.argv = ["patchdiff"]
    probe = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    others = [entry for entry in sys.path if entry and os.path.abspath(entry) != probe]
    sys.path[:] = side["path"] + [entry for entry in others if entry not in side["path"]]
    os.environ.pop("PYTHONPATH", None)
    os.environ["HOME"] = os.environ["TMPDIR"] = side["home"]
    os.chdir(side["home"])
    hits = instrument.Hits()
    hits.install()
    instrument.TargetFinder(side["root"], side["targets"], hits).install()
    return hits


def _preload(side, skip, hits, writer):
    started = time.monotonic()
    exceptions = ExceptionReader(
        side["root"], Normaliser(side["root"], side["scratch"]), side["limits"]["valueBytes"]
    )
    failed = []
    for name in side["preload"]:
        if name in skip:
            continue
        writer.send({"importing": name})
        try:
            importlib.import_module(name)
        except BaseException as error:
            failed.append({"module": name, "exception": exceptions.describe(error)})
    return {"failed": failed, "hits": sorted(hits.take()), "seconds": time.monotonic() - started}


def _flush():
    """Drop what the imports printed, so that no child inherits it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            continue  # replaced by code under test


def _serve(control, nonce, start):
    helpers = orphans.children()  # started by the imports
    while True:
        message, ancillary, _, _ = control.recvmsg(MAX_CONTROL, socket.CMSG_SPACE(4))
        if not message:
            os._exit(0)
        order = safe.from_json(message.decode("ascii"))
        channel = int.from_bytes(ancillary[0][2][:4], sys.byteorder)
        child = fork()
        if child == 0:
            control.close()
            orphans.die_with_parent()
            _child(start, order, channel)
        os.close(channel)
        control.send(_control(nonce, {"pid": child}))
        status = os.waitpid(child, 0)[1]
        orphans.kill_children(helpers)
        control.send(_control(nonce, {"status": status}))


def _control(nonce, message):
    message["nonce"] = nonce.decode("ascii")
    return safe.to_json(message).encode("ascii")


def _child(start, order, channel):
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        channel = move_high(channel)
        os.environ["HOME"] = os.environ["TMPDIR"] = order["directory"]
        tempfile = safe.MODULES.get("tempfile")
        if tempfile is not None:
            tempfile.tempdir = None
        os.chdir(start.directory or order["directory"])
        job = _receive(channel, order["size"])
        writer = frames.FrameWriter(channel, order["nonce"].encode("ascii"))
        tasks.TASKS[job["task"]](start.side, start.hits, start.tables, start.given, writer, job)
        os._exit(0)
    finally:
        os._exit(FAULT)


def _receive(channel, size):
    data = bytearray()
    while len(data) < size:
        chunk = os.read(channel, size - len(data))
        if not chunk:
            os._exit(FAULT)
        data += chunk
    return safe.from_json(data.decode("ascii"))
