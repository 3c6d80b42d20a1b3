"""What the probe reads of objects beside what they store, and what is left to chance."""

from support import ProbeCase

MODULE = """
import functools, logging, random, traceback, warnings

class Box:
    def __init__(self, x):
        self.x = x
    @property
    def side(self):
        return self.x + 1
    @property
    def broken(self):
        raise ValueError
    def __getattr__(self, name):
        if name == "asked":
            return "yes"
        raise AttributeError(name)

class Hidden:
    def __init__(self, x):
        self._x = x
    def __repr__(self):
        return "hidden"

class Adder:
    def __call__(self, x):
        return x

class Model(Adder):
    def fit(self):
        return self

def pick(items):
    return random.choice(items)

def seeded(items):
    random.seed(1)
    return random.choice(items)

def inner():
    def add(x):
        return x
    return add

def frames():
    return traceback.extract_stack()
"""


class ModuleCase(ProbeCase):
    def setUp(self):
        super().setUp()
        self.write("m.py", MODULE)

    def value(self, source, reads=(), numbers=5, prelude="from m import *"):
        steps = [
            {"kind": "prelude", "source": prelude},
            {"kind": "observe", "input": "a", "source": source, "reads": list(reads)},
        ]
        probe = self.probe(numbers=numbers, firstSeed=5)
        answers = probe.run_programs([{"id": "p", "steps": steps, "host": None}])
        return answers[0]["observation"]["outcome"]["value"]


class Readings(ModuleCase):
    def test_reads_what_an_object_computes(self):
        names = ["m.Box.side", "m.Box.asked", "m.Box.broken", "m.Box.none", "m.Other.side"]
        public = self.value("Box(1)", names)["public"]
        self.assertEqual(sorted(public), ["asked", "broken", "side", "x"])
        self.assertEqual(public["side"], {"t": "int", "v": "2"})
        self.assertEqual(public["broken"], {"t": "str", "v": "<raises builtins.ValueError>"})
        self.assertEqual(sorted(self.value("Box(1)")["public"]), ["x"])

    def test_reads_private_attributes_where_asked(self):
        self.assertNotIn("private", self.value("Hidden(1)"))
        self.assertEqual(self.value("Hidden(1)", ["m.Hidden.*"])["private"], {"_x": {"t": "int", "v": "1"}})

    def test_refuses_names_that_are_no_texts(self):
        steps = [
            {"kind": "prelude", "source": ""},
            {"kind": "observe", "input": "a", "source": "1", "reads": [1]},
        ]
        answer = self.probe().ask(
            "run",
            programs=[{"id": "p", "steps": steps, "host": None}],
            secondsPerInput=1,
            secondsPerProgram=1,
        )
        self.assertIn("reads", answer["error"])

    def test_marks_what_can_only_be_called(self):
        sources = ["functools.partial(inner(), 1)", "inner()", "functools.lru_cache()(inner())", "Adder()"]
        for source in sources:
            with self.subTest(source):
                self.assertIs(self.value(source).get("calls"), True)
        self.assertNotIn("calls", self.value("Model()"))

    def test_tells_no_place_and_no_moment(self):
        self.assertEqual(
            self.value("frames()"), {"t": "object", "type": "traceback.StackSummary", "public": {}}
        )
        record = self.value("logging.makeLogRecord({'msg': 'a %s', 'args': ('b',), 'lineno': 3})")
        self.assertEqual(record["public"]["message"], {"t": "str", "v": "a b"})
        self.assertNotIn("lineno", record["public"])
        self.assertNotIn("created", record["public"])


class Chance(ModuleCase):
    def varies(self, source, prelude="from m import *"):
        answers = [self.value(source, numbers=numbers, prelude=prelude) for numbers in (5, 6, 7)]
        return len({str(answer) for answer in answers}) > 1

    def test_varies_what_the_code_under_test_draws(self):
        self.assertTrue(self.varies("[pick(range(100)) for _ in range(3)]"))
        self.assertTrue(self.varies("[seeded(range(100)) for _ in range(3)]"))
        self.assertTrue(self.varies("random.seed(3)\npick(range(1000))"))

    def test_keeps_what_the_input_draws(self):
        self.assertFalse(self.varies("random.random()"))
        prelude = "from m import *\nfrom random import choice"
        self.assertFalse(self.varies("[choice(range(99)), pick(range(99))]", prelude))
        self.assertFalse(self.varies("pick(range(99))", "from m import *\nimport random as r\nr.random()"))
