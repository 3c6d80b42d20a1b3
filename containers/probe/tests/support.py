"""Drives the real probe as a subprocess, as the host does."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest

PROBE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CONFORMANCE = os.path.join(os.path.dirname(os.path.dirname(PROBE)), "test", "conformance", "canonical.json")
LIMITS = {"memoryMb": 1024, "outputBytes": 65536, "valueBytes": 65536}


def environment(seed="0"):
    """The environment the host gives the probe."""
    return dict(os.environ, PYTHONPATH=PROBE, PYTHONHASHSEED=seed, TZ="UTC", LC_ALL="C.UTF-8")


def run_tests(request):
    """Run ``tests`` with a request; returns what it printed, its errors and its exit code."""
    process = subprocess.Popen(
        [sys.executable, "-m", "patchdiff_probe", "tests"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        universal_newlines=True,
        cwd="/",
    )
    printed, errors = process.communicate(json.dumps(request) + "\n")
    return printed, errors, process.returncode


class Probe:
    """A running ``serve`` with one side open."""

    def __init__(self, root, scratch, **options):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "patchdiff_probe", "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(options.pop("seed", "0")),
            universal_newlines=True,
            cwd="/",
        )
        self._id = 0
        request = {
            "root": root,
            "path": [root],
            "preload": [],
            "targets": [],
            "limits": LIMITS,
            "scratch": scratch,
            "seed": options.pop("numbers", 0),
        }
        self.opened = self.ask("open", **dict(request, **options))

    def send(self, line):
        """Write one raw line and return the answer."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def ask(self, op, **fields):
        """One request, one answer."""
        self._id += 1
        answer = self.send(json.dumps(dict(fields, id=self._id, op=op)))
        assert answer["id"] == self._id, answer
        return answer

    def run_programs(self, programs, seconds=2, total=60):
        """Run programs; returns the answers up to ``done``, without it."""
        request = {
            "programs": programs,
            "secondsPerInput": seconds,
            "secondsPerProgram": total,
        }
        answers = [self.ask("run", **request)]
        while "observation" in answers[-1]:
            answers.append(json.loads(self.process.stdout.readline()))
        assert answers[-1] == {"id": self._id, "done": True}, answers[-1]
        return answers[:-1]

    def observe(self, *sources, **options):
        """Observe sources in one program (``prelude``, ``prefix``: its exec steps, ``host``: its host test).

        Returns the observations.
        """
        steps = [{"kind": "prelude", "source": options.pop("prelude", "")}]
        steps += [{"kind": "exec", "source": source} for source in options.pop("prefix", ())]
        steps += [{"kind": "observe", "input": str(n), "source": source} for n, source in enumerate(sources)]
        program = {"id": "p", "steps": steps, "host": options.pop("host", None)}
        answers = self.run_programs([program], **options)
        assert [answer["input"] for answer in answers] == [str(n) for n in range(len(sources))], answers
        return [answer["observation"] for answer in answers]

    def outcomes(self, *sources, **options):
        """The outcomes of ``observe``; values that are ints as ints, others by their kind."""
        return [_brief(observation["outcome"]) for observation in self.observe(*sources, **options)]

    def close(self):
        """End the process; its exit code."""
        if self.process.poll() is None:
            try:
                self.process.stdin.write('{"id":0,"op":"close"}\n')
                self.process.stdin.close()
            except OSError:
                pass
        self.process.stdout.close()
        return self.process.wait()


def _brief(outcome):
    if outcome["kind"] == "value" and outcome["value"]["t"] == "int":
        return int(outcome["value"]["v"])
    return outcome["kind"]


class ProbeCase(unittest.TestCase):
    """A test with a root, a scratch directory and, on demand, a probe."""

    def setUp(self):
        self.directory = os.path.realpath(tempfile.mkdtemp(prefix="probe-test-"))
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)
        self.root = os.path.join(self.directory, "side")
        self.scratch = os.path.join(self.directory, "scratch")
        os.mkdir(self.root)
        os.mkdir(self.scratch)

    def write(self, path, text):
        """Write a file below the root; dedents."""
        path = os.path.join(self.root, path)
        if not os.path.isdir(os.path.dirname(path)):
            os.makedirs(os.path.dirname(path))
        with open(path, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text).lstrip("\n"))

    def probe(self, **options):
        """A probe with the root open; closed at the end of the test."""
        probe = Probe(self.root, self.scratch, **options)
        self.addCleanup(probe.close)
        return probe


def int_value(number):
    """The outcome of an int."""
    return {"kind": "value", "value": {"t": "int", "v": str(number)}}


def unless_importable(module, what="tests of the %s runner"):
    """Skip a test class, with a printed reason, where a module is not there."""
    if importlib.util.find_spec(module) is not None:
        return lambda cls: cls
    print("skipped: %s, no %s here" % (what.replace("%s", module), module), file=sys.stderr)
    return unittest.skip("no " + module)
