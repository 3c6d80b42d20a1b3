"""Code under test that replaces what the probe uses, or writes where it should not."""

from support import ProbeCase

REPLACE = """
import ast, builtins, gc, io, json, os, re, select, signal, socket, sys, time, types, warnings
def hijacked(*args, **options):
    raise RuntimeError("hijacked")
json.dumps = json.loads = json.JSONEncoder = json.encoder.c_make_encoder = hijacked
for module, names in (
    (os, "write read fork waitpid dup2 pread ftruncate chdir getcwd getpid _exit close open"),
    (time, "time monotonic sleep"),
    (signal, "signal setitimer pthread_sigmask"),
    (warnings, "catch_warnings simplefilter warn"),
    (ast, "parse walk iter_child_nodes"),
    (io, "TextIOWrapper FileIO BufferedWriter"),
    (re, "compile sub"),
):
    for name in names.split():
        setattr(module, name, hijacked)
"""


class Replaced(ProbeCase):
    def test_modules(self):
        sut = self.probe()
        observations = sut.observe("[{2, 1}, {'a': (1.5, None)}, (n for n in (1,))]", "1/0", prelude=REPLACE)
        self.assertEqual([o["outcome"]["kind"] for o in observations], ["value", "raised"])
        self.assertEqual(observations[0]["outcome"]["value"]["items"][2]["items"], [{"t": "int", "v": "1"}])

    def test_builtins(self):
        names = (
            "set dict list sorted repr type isinstance len str getattr id iter sum any map zip open hasattr"
        )
        sut = self.probe()
        for name in names.split():
            with self.subTest(name):
                prelude = (
                    "import builtins\ndef bad(*a, **k):\n    raise RuntimeError()\nbuiltins.%s = bad" % name
                )
                observations = sut.observe("({2, 1}, {'a': [object]}, 1.5)", "1/0", prelude=prelude)
                self.assertEqual([o["outcome"]["kind"] for o in observations], ["value", "raised"])


class Channel(ProbeCase):
    def test_garbage_on_all_descriptors(self):
        sut = self.probe()
        source = """
for fd in range(1024):
    try:
        os.write(fd, b'x\\n{"observed":1,"observation":{}}\\n\\xff{"done":true}\\n' * 50)
    except OSError:
        pass
5"""
        self.assertEqual(sut.outcomes(source, "2", prelude="import os"), [5, 2])

    def test_all_descriptors_closed(self):
        sut = self.probe()
        self.assertEqual(
            sut.outcomes("1", "os.closerange(0, 65536)", "2", prelude="import os"), [1, "exited", 2]
        )

    def test_low_descriptors_closed(self):
        sut = self.probe()
        self.assertEqual(sut.outcomes("os.closerange(0, 256); 1", "2", prelude="import os"), [1, 2])

    def test_descriptors_replaced(self):
        sut = self.probe()
        source = "null = os.open('/dev/null', 2)\nfor fd in range(1024):\n    os.dup2(null, fd)\n1"
        outcomes = sut.outcomes("1", source, "2", prelude="import os")
        self.assertEqual((outcomes[0], outcomes[2]), (1, 2))
        self.assertIn(outcomes[1], ("exited", "timeout"))

    def test_streams_replaced(self):
        sut = self.probe()
        sources = ["sys.stdout = None; sys.stderr.close(); os.close(1); os.close(2)", "print('a')"]
        observations = sut.observe(*sources, prelude="import os, sys")
        self.assertEqual(observations[1]["stdout"], "a\n")

    def test_output_of_one_input_is_not_that_of_the_next(self):
        sut = self.probe()
        observations = sut.observe("print('a')", "print('b')", "sys.stderr.write('c')", prelude="import sys")
        self.assertEqual([o["stdout"] for o in observations], ["a\n", "b\n", ""])
        self.assertEqual(observations[2]["stderr"], "c")


class Values(ProbeCase):
    def test_a_metaclass_with_equality_of_its_own(self):
        sut = self.probe()
        prelude = """
class Meta(type):
    def __eq__(self, other): raise RuntimeError()
    __hash__ = type.__hash__
    def __instancecheck__(self, other): raise RuntimeError()
    def mro(self): return type.mro(self)
class A(metaclass=Meta):
    pass
"""
        value = sut.observe("A()", prelude=prelude)[0]["outcome"]["value"]
        self.assertEqual(value, {"t": "object", "type": "__console__.A", "public": {}, "private": {}})

    def test_deep_values_end(self):
        sut = self.probe()
        sources = ["x = []\nfor _ in range(10 ** 5): x = [x]\nx", "x = ()\nfor _ in range(60): x = (x, x)\nx"]
        for observation in sut.observe(*sources, seconds=20):
            self.assertEqual(observation["outcome"]["kind"], "value")

    def test_an_exception_that_lies_about_itself(self):
        sut = self.probe()
        source = """
class E(Exception):
    __cause__ = property(lambda self: 1 / 0)
    __traceback__ = property(lambda self: 1 / 0)
    def __str__(self): return 5
raise E()"""
        exception = sut.observe(source)[0]["outcome"]["exception"]
        self.assertEqual((exception["type"], exception["message"]), ("__console__.E", "<unprintable>"))
