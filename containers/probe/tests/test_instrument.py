"""Marks at the entry of targets."""

import os

from support import ProbeCase

MODULE = '''
from __future__ import division
"""not a docstring"""
class Box:
    """doc"""
    size = 1

    def fill(self):
        def inner():
            return 2
        return inner()

    @property
    def full(self):
        return True

    class Lid:
        def close(self):
            "only a docstring"

    async def wait(self):
        return 5

    def items(self):
        yield 1

def fail():
    raise ValueError("x")

if True:
    def conditional():
        return 3

def empty(): pass
'''


class Instrument(ProbeCase):
    def open(self, qualnames, preload=()):
        self.write("pkg/__init__.py", "X = 1\ndef top():\n    return 1\n")
        self.write("pkg/m.py", MODULE)
        targets = [
            {"file": "pkg/m.py", "qualnames": qualnames},
            {"file": "pkg/__init__.py", "qualnames": ["top"]},
        ]
        return self.probe(targets=targets, preload=list(preload))

    def hits(self, sut, *sources):
        prelude = "import asyncio, inspect, pkg\nfrom pkg.m import *"
        return [o["hits"] for o in sut.observe(*sources, prelude=prelude)]

    def test_functions_of_all_kinds(self):
        names = ["Box.fill", "Box.fill.inner", "Box.full", "Box.Lid.close", "Box.wait", "Box.items", "fail"]
        sut = self.open(names + ["conditional", "empty"])
        run = "asyncio.new_event_loop().run_until_complete(Box().wait())"
        for source, expected in (
            ("Box().fill()", ["Box.fill", "Box.fill.inner"]),
            ("Box().full", ["Box.full"]),
            ("Box.Lid().close()", ["Box.Lid.close"]),
            (run, ["Box.wait"]),
            ("list(Box().items())", ["Box.items"]),
            ("fail()", ["fail"]),
            ("conditional(); empty()", ["conditional", "empty"]),
            ("1", []),
        ):
            with self.subTest(source):
                self.assertEqual(self.hits(sut, source), [["pkg/m.py::" + name for name in expected]])

    def test_packages(self):
        self.assertEqual(self.hits(self.open([]), "pkg.top()"), [["pkg/__init__.py::top"]])

    def test_bodies_count_for_the_program_that_runs_them(self):
        sut = self.open(["<module>", "Box", "fail"])
        bodies = ["pkg/m.py::<module>", "pkg/m.py::Box"]
        self.assertEqual(self.hits(sut, "1", "fail()"), [bodies, bodies + ["pkg/m.py::fail"]])

    def test_bodies_run_at_opening_are_reported_there(self):
        sut = self.open(["<module>", "Box"], preload=["pkg.m"])
        self.assertEqual(sut.opened["hits"], ["pkg/m.py::<module>", "pkg/m.py::Box"])
        self.assertEqual(self.hits(sut, "1"), [[]])

    def test_a_timeout_keeps_its_hits(self):
        self.write("slow.py", "def wait():\n    while True: pass\n")
        sut = self.probe(targets=[{"file": "slow.py", "qualnames": ["wait"]}])
        observation = sut.observe("slow.wait()", prelude="import slow", seconds=0.3)[0]
        self.assertEqual(
            (observation["outcome"]["kind"], observation["hits"]), ("timeout", ["slow.py::wait"])
        )

    def test_nothing_but_hits_changes(self):
        names = ["<module>", "Box", "Box.fill", "Box.Lid.close", "fail"]
        sources = [
            "Box.__doc__",
            "Box.Lid.close.__doc__",
            "pkg.m.__doc__",
            "inspect.getsource(Box.fill)",
            "fail()",
        ]
        prelude = "import inspect, pkg.m\nfrom pkg.m import *"
        plain = self.open([]).observe(*sources, prelude=prelude)
        marked = self.open(names).observe(*sources, prelude=prelude)
        for left, right in zip(plain, marked):
            self.assertEqual(dict(left, hits=[]), dict(right, hits=[]))
        self.assertEqual(plain[4]["outcome"]["exception"]["at"]["file"], "pkg/m.py")

    def test_nothing_instrumented_is_cached(self):
        sut = self.open(["fail"])
        self.hits(sut, "1")
        cache = os.path.join(self.root, "pkg", "__pycache__")
        cached = os.listdir(cache) if os.path.isdir(cache) else []
        self.assertEqual([name for name in cached if name.startswith("m.")], [])

    def test_a_file_that_does_not_parse_fails_as_usual(self):
        self.write("broken.py", "def f(:\n")
        sut = self.probe(targets=[{"file": "broken.py", "qualnames": ["f"]}], preload=["broken"])
        self.assertEqual(sut.opened["failed"][0]["exception"]["type"], "builtins.SyntaxError")
