"""Services: there for inputs and for tests, on the loopback only, and gone with the probe."""

import json
import os
import signal
import socket
import time
import unittest

from patchdiff_probe.supervisor.services import VARIABLE, reserve_port
from support import ProbeCase, run_tests

# Answers every request with its path and its process id.
SERVER = """
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(("%s %d" % (self.path, os.getpid())).encode())
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
FETCH = """
import os, urllib.request
def get(path):
    return urllib.request.urlopen(os.environ["ECHO_URL"] + path).read().decode().split()
def pid():
    return int(get("x")[1])
"""


def service(*command, **more):
    """A description as the host gives it."""
    env = {"ECHO_URL": "http://127.0.0.1:{port}/"}
    return dict({"name": "echo", "command": list(command), "env": env, "seconds": 20}, **more)


def is_running(pid):
    """Whether a process runs, and did not only end without being waited for."""
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Services(ProbeCase):
    def setUp(self):
        super().setUp()
        self.server = os.path.join(self.directory, "echo_server.py")
        with open(self.server, "w") as file:
            file.write(SERVER)
        self.write("fetch.py", FETCH)
        self.serve(service("python", self.server, "{port}"))

    def serve(self, *services):
        """Name services for the probes that start from here on."""
        os.environ[VARIABLE] = json.dumps(services)
        self.addCleanup(os.environ.pop, VARIABLE, None)

    def run_tests(self):
        """Run the tests of a file; returns what was printed, the errors and the exit code."""
        request = {
            "root": self.root,
            "path": [self.root],
            "runner": "unittest",
            "files": ["test_fetch.py"],
            "select": None,
            "secondsPerTest": 10,
            "scratch": os.path.join(self.scratch, "tests"),
        }
        printed, errors, code = run_tests(request)
        return [json.loads(line) for line in printed.splitlines()], errors, code

    def test_answers_inputs(self):
        probe = self.probe(preload=["fetch"])
        path, pid = self.observe_values(probe, "get('a/b')[0]", "pid()")
        self.assertEqual(path, "/a/b")
        self.assertTrue(is_running(int(pid)))
        self.assertEqual(self.observe_values(probe, "pid()"), [pid])
        self.assertEqual(probe.close(), 0)
        self.assertFalse(is_running(int(pid)))

    def observe_values(self, probe, *sources):
        observed = probe.observe(*sources, prelude="from fetch import *")
        return [observation["outcome"]["value"]["v"] for observation in observed]

    def test_answers_tests(self):
        self.write(
            "test_fetch.py",
            """
            import unittest
            from fetch import get
            class T(unittest.TestCase):
                def test_get(self):
                    self.assertEqual(get("x")[0], "/x")
            """,
        )
        messages, errors, code = self.run_tests()
        self.assertEqual(
            [message["test"]["status"] for message in messages if "test" in message], ["passed"], errors
        )
        self.assertEqual(code, 0)

    def test_is_there_again_after_an_input_killed_it(self):
        probe = self.probe(preload=["fetch"])
        (first,) = self.observe_values(probe, "pid()")
        probe.observe("__import__('os').kill(pid(), 9)", prelude="from fetch import *")
        for _ in range(50):
            time.sleep(0.1)
            outcome = probe.observe("pid()", prelude="from fetch import *")[0]["outcome"]
            if outcome["kind"] == "value":
                break
        self.assertNotEqual(outcome["value"]["v"], first)

    def test_ends_with_a_probe_that_is_killed(self):
        probe = self.probe(preload=["fetch"])
        (pid,) = self.observe_values(probe, "pid()")
        probe.process.send_signal(signal.SIGKILL)
        probe.process.wait()
        probe.process.stdin.close()
        for _ in range(50):
            if not is_running(int(pid)):
                return
            time.sleep(0.1)
        self.fail("the service still runs")

    def test_takes_another_port_where_one_is_taken_and_the_values_do_not_show_it(self):
        first = self.probe(preload=["fetch"])
        second = self.probe(preload=["fetch"])
        address = "__import__('os').environ['ECHO_URL']"
        values = [self.observe_values(probe, address, "pid()") for probe in (first, second)]
        self.assertEqual(values[0][0], values[1][0])
        self.assertNotEqual(values[0][1], values[1][1])

    def test_a_service_that_ends_says_why(self):
        self.serve(service("python", "-c", "raise SystemExit('no such module')"))
        self.write("test_fetch.py", "")
        messages, errors, code = self.run_tests()
        self.assertEqual(messages, [])
        self.assertIn("the service echo ended: no such module", errors)
        self.assertEqual(code, 3)

    def test_a_service_that_accepts_nothing_is_given_up(self):
        self.serve(service("python", "-c", "import time; time.sleep(60)", seconds=0.3))
        self.write("test_fetch.py", "")
        _, errors, code = self.run_tests()
        self.assertIn("the service echo accepted no connection within 0 s: it printed nothing", errors)
        self.assertEqual(code, 3)

    def test_a_port_is_reserved_once(self):
        one, first = reserve_port(21080)
        with one:
            other, second = reserve_port(21080)
            other.close()
        self.assertNotEqual(first, second)
        again, third = reserve_port(21080)
        again.close()
        self.assertEqual(third, first)

    def test_a_port_that_somebody_listens_on_is_not_taken(self):
        reservation, port = reserve_port(21180)
        reservation.close()
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", port))
            listener.listen(1)
            reservation, other = reserve_port(21180)
            reservation.close()
            self.assertNotEqual(other, port)


if __name__ == "__main__":
    unittest.main()
