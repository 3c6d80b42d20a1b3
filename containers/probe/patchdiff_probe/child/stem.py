"""The stem: where a test runner has set up what many tests share; forks a zygote for each of them.

Django makes its settings, applications and databases once for a run; the zygote of each test inherits them.
"""

import sys

from patchdiff_probe import safe
from patchdiff_probe.child import host_unittest
from patchdiff_probe.child.zygote import FAULT, MAX_CONTROL, begin, fork_children
from patchdiff_probe.isolation import orphans
from patchdiff_probe.isolation.forking import fork
from patchdiff_probe.protocol import frames
from patchdiff_probe.protocol.channel import move_high

__builtins__ = safe.BUILTINS
os = safe.os
socket = safe.socket
time = safe.time

_PACKED = 4  # bytes of a descriptor in an ancillary message


def stem(side, skip, host, control, report, nonce):
    """Be the stem: import what ``side`` asks for and have the runner set up the files of ``host``; then fork
    a zygote for each order, until the control socket ends.

    Never returns.
    """
    try:
        control_fd, writer, hits, facts = begin(side, skip, control, report, nonce)
        writer.send({"importing": None})

        def serve(tests):
            writer.send({"ready": facts})
            writer.close()
            _serve(socket.socket(fileno=control_fd), side, hits, facts, tests)

        writer.send({"failed": host_unittest.set_up(side["root"], host, serve)})
    finally:
        os._exit(FAULT)


def _serve(control, side, hits, facts, tests):
    while True:
        message, ancillary, _, _ = control.recvmsg(MAX_CONTROL, socket.CMSG_SPACE(2 * _PACKED))
        if not message:
            os._exit(0)
        order = safe.from_json(message.decode("ascii"))
        packed = ancillary[0][2]
        fds = [int.from_bytes(packed[at : at + _PACKED], sys.byteorder) for at in (0, _PACKED)]
        # Forked twice: a zygote is the supervisor's child, which waits for it and kills it.
        between = fork()
        if between == 0:
            parent = os.getpid()
            if fork() == 0:
                control.close()
                _zygote(order, side, hits, facts, tests, fds, parent)
            os._exit(0)
        os.waitpid(between, 0)
        for fd in fds:
            os.close(fd)


def _zygote(order, side, hits, facts, tests, fds, parent):
    try:
        while os.getppid() == parent:
            time.sleep(0.001)
        os.setsid()
        orphans.die_with_parent()
        orphans.adopt()
        control_fd, report_fd = map(move_high, fds)
        nonce = order["nonce"].encode("ascii")
        writer = frames.FrameWriter(report_fd, nonce)
        writer.send({"pid": os.getpid()})
        side = dict(side, home=order["home"])
        os.environ["HOME"] = os.environ["TMPDIR"] = side["home"]
        os.chdir(side["home"])

        def serve(fixtures):
            fork_children(side, hits, order, fixtures, control_fd, writer, nonce, facts)

        writer.send({"failed": host_unittest.run_in_place(tests, order["test"], serve)})
    finally:
        os._exit(FAULT)
