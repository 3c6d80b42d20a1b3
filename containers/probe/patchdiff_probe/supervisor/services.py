"""Services of the environment, such as a local httpbin: on this sandbox's own loopback, ended with the probe.

They run beside the supervisor, not below it: nothing that it kills or waits for is a service.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time

from patchdiff_probe.isolation import orphans

# Environment variable in which the host describes them: a list of objects with name, command, env, seconds.
VARIABLE = "LOCAL_SERVICES"
# Ports that were taken, and those that stand for them in what is observed: "20081=20080,...".
PORTS_VARIABLE = "LOCAL_PORTS"
NOT_STARTED = 3

# All of five digits, so that texts which hold them are of the same length on every side.
_FIRST_PORT = 20080
_PORTS_EACH = 100
_MOST_RESTARTS = 100
_TAIL = 2000


class NotStarted(Exception):
    """A service did not start."""


def run_beside(command):
    """Run ``command()`` beside the services that the environment names; returns its exit code.

    With services, it runs in a process of its own, and this one only keeps them running.
    """
    described = os.environ.pop(VARIABLE, None)
    if not described:
        return command()
    services = [Service(index, description) for index, description in enumerate(json.loads(described))]
    try:
        for service in services:
            service.start()
        for service in services:
            service.wait_until_ready()
    except (NotStarted, OSError) as error:
        for service in services:
            service.end()
        print("patchdiff: %s" % error, file=sys.stderr)
        return NOT_STARTED
    for service in services:
        os.environ.update(service.variables())
    moved = ["%d=%d" % (service.port, service.first_port) for service in services if service.is_moved()]
    if moved:
        os.environ[PORTS_VARIABLE] = ",".join(moved)
    woken, wake = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    pid = os.fork()
    if pid == 0:
        for fd in (woken, wake):
            os.close(fd)
        for service in services:
            service.forget()
        orphans.die_with_parent()
        return command()
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda signum, frame: None)
    _leave_channel()
    return _keep(pid, services, woken)


def _leave_channel():
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1):
        os.dup2(null, fd)
    os.close(null)


def _keep(pid, services, woken):
    """Start services again that end, until the process ``pid`` ends: then as that did."""
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            break
        for service in services:
            service.revive()
        outputs = [service.output for service in services if service.output is not None]
        # The time limit is for a child that ended just before: its signal was for the round before.
        for ready in select.select([woken] + outputs, [], [], 1)[0]:
            if ready == woken:
                os.read(woken, 512)
        for service in services:
            service.listen()
    for service in services:
        service.end()
    if os.WIFSIGNALED(status):
        if os.WTERMSIG(status) != signal.SIGKILL:
            signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
        os.kill(os.getpid(), os.WTERMSIG(status))
    return os.WEXITSTATUS(status)


class Service:
    """One service: its process, and the port that is reserved for it."""

    def __init__(self, index, description):
        self.name = description["name"]
        self._command = description["command"]
        self._env = description["env"]
        self._seconds = description["seconds"]
        self.first_port = _FIRST_PORT + index * _PORTS_EACH
        self._reservation, self.port = reserve_port(self.first_port)
        self._process = None
        self._restarts = 0
        self._said = b""
        # Where the service's output can be read; None after its end.
        self.output = None

    def is_moved(self):
        """Whether another process has the port that this service has in most sandboxes."""
        return self.port != self.first_port

    def variables(self):
        """The environment variables that tell where it is."""
        return {name: self._with_port(value) for name, value in self._env.items()}

    def start(self):
        """Start its process. Raises NotStarted."""
        words = [self._with_port(word) for word in self._command]
        if words[0] == "python":
            words[0] = sys.executable
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        try:
            self._process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=environment,
                preexec_fn=_by_itself,
            )
        except OSError as error:
            raise NotStarted("the service %s cannot be started: %s" % (self.name, error)) from error
        self.output = self._process.stdout.fileno()
        os.set_blocking(self.output, False)

    def wait_until_ready(self):
        """Wait until it accepts connections. Raises NotStarted."""
        deadline = time.monotonic() + self._seconds
        while not self._accepts():
            self.listen()
            if self._process.poll() is not None:
                self.listen()
                raise NotStarted("the service %s ended: %s" % (self.name, self._last_words()))
            if time.monotonic() > deadline:
                raise NotStarted(
                    "the service %s accepted no connection within %d s: %s"
                    % (self.name, self._seconds, self._last_words())
                )
            time.sleep(0.02)

    def listen(self):
        """Read what it printed, so that it never waits for a reader."""
        while self.output is not None:
            try:
                data = os.read(self.output, 1 << 16)
            except BlockingIOError:
                return
            if not data:
                self.output = None
            self._said = (self._said + data)[-_TAIL:]

    def revive(self):
        """Start it again if it ended: it must be there for the next input as it was for those before."""
        if self._process.poll() is None or self._restarts == _MOST_RESTARTS:
            return
        self._restarts += 1
        self._process.stdout.close()
        try:
            self.start()
        except NotStarted:
            self.output = None

    def end(self):
        """Kill it and what it started."""
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it ended before
        self._process.wait()

    def forget(self):
        """Close what a process that does not keep it has inherited."""
        self._reservation.close()
        self._process.stdout.close()
        self._process.returncode = 0  # not to be waited for there

    def _accepts(self):
        with socket.socket() as connection:
            connection.settimeout(1)
            return connection.connect_ex(("127.0.0.1", self.port)) == 0

    def _with_port(self, text):
        return text.replace("{port}", str(self.port))

    def _last_words(self):
        lines = self._said.decode("utf-8", "replace").strip().splitlines()[-3:]
        return " | ".join(lines) or "it printed nothing"


def reserve_port(first):
    """A free TCP port of the loopback, ``first`` or one soon after it: (reservation, port).

    The UDP port of the same number is held meanwhile, so that no other probe chooses the same.
    """
    for port in range(first, first + _PORTS_EACH):
        reservation = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            reservation.bind(("127.0.0.1", port))
            with socket.socket() as attempt:
                attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                attempt.bind(("127.0.0.1", port))
            return reservation, port
        except OSError:
            reservation.close()
    raise NotStarted("no port from %d to %d is free" % (first, first + _PORTS_EACH - 1))


def _by_itself():
    os.setsid()
    orphans.die_with_parent()
