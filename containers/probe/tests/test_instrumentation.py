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
    if True:
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

    def test_what_a_set_up_entered_counts_for_inputs_that_enter_nothing_themselves(self):
        sut = self.open(["Box.fill", "fail"])
        prelude = "from pkg.m import *\nBox().fill()"
        failing = "try:\n    fail()\nexcept ValueError:\n    pass"
        seen = sut.observe("n", failing, prelude=prelude, prefix=["box = Box()", "n = box.fill()"])
        self.assertEqual([o["hits"] for o in seen], [["pkg/m.py::Box.fill"], ["pkg/m.py::fail"]])
        [seen] = sut.observe("1", prelude=prelude)
        self.assertEqual(seen["hits"], [])

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
            right.pop("branches", None)
            self.assertEqual(dict(left, hits=[]), dict(right, hits=[]))
        self.assertEqual(plain[4]["outcome"]["exception"]["at"]["file"], "pkg/m.py")

    def branches(self, source, call, file="b.py"):
        self.write(file, source)
        module = file.rpartition(".")[0]
        sut = self.probe(targets=[{"file": file, "qualnames": ["f"]}])
        return set(sut.observe(call, prelude="from %s import f" % module)[0].get("branches", []))

    def test_branches_tell_paths_apart(self):
        source = """
            def f(x):
                if x > 0:
                    return 1
                elif x < 0:
                    return 2
                else:
                    for y in range(x):
                        pass
                try:
                    1 / x
                except ZeroDivisionError:
                    with open(__file__):
                        while x < 2:
                            x += 1
                finally:
                    x = 1
                return 3
        """
        paths = [self.branches(source, "f(%d)" % x) for x in (1, -1, 0)]
        self.assertEqual([len(path) for path in paths], [1, 2, 7])
        self.assertEqual([len(a & b) for a, b in zip(paths, paths[1:])], [0, 1])

    def test_a_branch_has_one_name_on_both_sides(self):
        gold = self.branches("def f(x):\n    if x:\n        return 1\n    return 2\n", "f(1)", "g.py")
        moved = "def f(x):\n    y = 3\n\n    if x:\n        return 1\n    else:\n        return y\n"
        self.assertEqual(self.branches(moved, "f(1)", "c.py"), gold)
        other = self.branches("def f(x):\n    if not x:\n        return 1\n    return 2\n", "f(0)", "o.py")
        self.assertEqual((len(gold), len(other), gold & other), (1, 1, set()))

    def test_no_branches_no_names(self):
        self.assertEqual(self.branches("def f():\n    return 1\n", "f()"), set())

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
