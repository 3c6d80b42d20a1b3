"""The zygote: the process that has imported the code under test, and forks a child for every job."""

import importlib
import sys

from patchdiff_probe import safe
from patchdiff_probe.child import host_test, tasks
from patchdiff_probe.instrumentation.targets import Hits, TargetInstrumenter
from patchdiff_probe.isolation import concealment, limits, orphans
from patchdiff_probe.isolation.forking import fork
from patchdiff_probe.protocol import frames
from patchdiff_probe.protocol.channel import move_high
from patchdiff_probe.state.global_state import GlobalState
from patchdiff_probe.values.exceptions import ExceptionReader
from patchdiff_probe.values.normalise import Normaliser

__builtins__ = safe.BUILTINS
os = safe.os
socket = safe.socket
signal = safe.signal
time = safe.time

MAX_CONTROL = 4096
# Exit code of a zygote or child in which the probe itself failed.
FAULT = 70


def zygote(side, skip, host, control, report, nonce):
    """Be the zygote: import what ``side`` asks for, report, then fork until the control socket ends. Never
    returns. What pytest does not set up is in the place of its host test by a stem: see `stem`.

    ``side``: the open request and its ``home``, the directory for what the imports write. ``skip``: the
    preloads that ended an earlier interpreter. ``host``: None, or the host test in whose place it runs
    (``test``) and the directory for what that test's fixtures write (``directory``).
    """
    try:
        orphans.adopt()
        control_fd, writer, hits, facts = begin(side, skip, control, report, nonce)

        def serve(fixtures):
            fork_children(side, hits, host, fixtures, control_fd, writer, nonce, facts)

        if host is None:
            serve({})
        else:
            writer.send({"importing": None})
            writer.send(
                {"failed": host_test.run_in_place(side["root"], host["test"], host["directory"], serve)}
            )
    finally:
        os._exit(FAULT)


def begin(side, skip, control, report, nonce):
    """Become a process of its own that imports what ``side`` asks for, except ``skip``.

    Returns the descriptor of ``control``, the writer to ``report``, the hits of the targets, and what the
    answer to ``open`` says of the imports.
    """
    os.setsid()
    orphans.die_with_parent()
    control_fd, report_fd = move_high(control.detach()), move_high(report.detach())
    hits = _prepare(side)
    writer = frames.FrameWriter(report_fd, nonce)
    return control_fd, writer, hits, _preload(side, skip, hits, writer)


def fork_children(side, hits, host, fixtures, control_fd, writer, nonce, facts):
    """Report to be ready, and fork a child for every order, until the control socket ends."""
    writer.send({"ready": facts})
    writer.close()
    _serve(socket.socket(fileno=control_fd), nonce, _child_context(side, hits, host, fixtures))


def _child_context(side, hits, host, fixtures):
    """Prepare this process for forking; returns what every child starts from."""
    # A program that allocates gigabytes takes seconds, and shows nothing that a smaller one would not.
    limits.leave_room(side["limits"]["memoryMb"] // 4)
    _flush()
    state = GlobalState(side["root"], [target["file"] for target in side["targets"]])
    state.save()
    if hasattr(safe.gc, "freeze"):
        safe.gc.collect()
        safe.gc.freeze()
    here = os.getcwd()
    in_fixture = host is not None and here.startswith(os.path.realpath(host["directory"]))
    set_up = frozenset() if host is None else frozenset(hits.take())
    return tasks.ChildContext(side, hits, set_up, state, fixtures, here if in_fixture else None)


def _prepare(side):
    limits.apply(side["limits"]["memoryMb"])
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    sys.stdin = sys.__stdin__ = open(0, closefd=False)
    sys.stdout = sys.__stdout__ = open(1, "w", closefd=False)
    sys.stderr = sys.__stderr__ = open(2, "w", closefd=False)
    sys.argv = ["-c"]
    others = [entry for entry in sys.path if entry and os.path.abspath(entry) != safe.PROBE_DIRECTORY]
    sys.path[:] = side["path"] + [entry for entry in others if entry not in side["path"]]
    os.environ.pop("PYTHONPATH", None)
    os.environ["HOME"] = os.environ["TMPDIR"] = side["home"]
    os.chdir(side["home"])
    concealment.conceal()
    hits = Hits()
    hits.install()
    TargetInstrumenter(side["root"], side["targets"], hits).install()
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


def _serve(control, nonce, context):
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
            _child(context, order, channel)
        os.close(channel)
        control.send(_control(nonce, {"pid": child}))
        status = os.waitpid(child, 0)[1]
        orphans.kill_children(helpers)
        control.send(_control(nonce, {"status": status}))


def _control(nonce, message):
    message["nonce"] = nonce.decode("ascii")
    return safe.to_json(message).encode("ascii")


def _child(context, order, channel):
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        channel = move_high(channel)
        os.environ["HOME"] = os.environ["TMPDIR"] = order["directory"]
        tempfile = safe.MODULES.get("tempfile")
        if tempfile is not None:
            tempfile.tempdir = None
        os.chdir(context.directory or order["directory"])
        job = _receive(channel, order["size"])
        writer = frames.FrameWriter(channel, order["nonce"].encode("ascii"))
        tasks.TASKS[job["task"]](context, writer, job)
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
