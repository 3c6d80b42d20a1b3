"""Starts the stem of a side, from the supervisor, and has it fork zygotes."""

import array
import os
import socket

from patchdiff_probe import safe
from patchdiff_probe.child.stem import stem
from patchdiff_probe.isolation import shield
from patchdiff_probe.isolation.removal import remove_tree
from patchdiff_probe.protocol import frames
from patchdiff_probe.supervisor.workers import NotHosted, await_ready, describe_status, end_process

_PATIENCE = 10


class Stem:
    """A running stem: what many host tests share is set up in it."""

    def __init__(self, side, channel, host):
        """A stem for an open request, for the files of ``host``. ``channel`` is closed in the new process."""
        self._side = dict(side, home=os.path.join(side["scratch"], "home-stem"))
        self._channel = channel
        self._host = host
        self._control = None
        self.pid = None
        # Whether it was found to have ended.
        self.ended = False

    def start(self, skip, others):
        """Fork it and wait until the runner has set up the files; ``others``: process ids to be left alone.

        Returns None, or why it could not be set up.
        """
        remove_tree(self._side["home"])
        os.makedirs(self._side["home"], exist_ok=True)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        report, their_report = socket.socketpair()
        nonce = frames.new_nonce()
        self.pid = os.fork()
        if self.pid == 0:
            shield.lower_shield()
            self._channel.close()
            self._control.close()
            report.close()
            stem(self._side, skip, self._host, theirs, their_report, nonce)
        theirs.close()
        their_report.close()
        with report:
            facts, failure = await_ready(report, nonce)
        if facts is not None:
            return None
        status = self.kill(others)
        return failure[1] or describe_status(status)

    def send(self, order, sockets):
        """Have it fork a zygote that gets these two sockets. Raises NotHosted when it has ended."""
        fds = array.array("i", [one.fileno() for one in sockets])
        try:
            self._control.settimeout(_PATIENCE)
            self._control.sendmsg(
                [safe.to_json(order).encode("ascii")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)]
            )
        except OSError as error:
            self.ended = True
            raise NotHosted("what the tests share ended: %s" % error) from error

    def kill(self, spared=frozenset()):
        """Kill it and all it started, except ``spared``; returns its wait status."""
        self._control.close()
        return end_process(self.pid, spared)
