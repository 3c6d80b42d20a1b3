"""The requests besides ``run``."""

import os

from support import ProbeCase


class Open(ProbeCase):
    def test_a_second_open_replaces_the_first(self):
        self.write("m.py", "x = 1\n")
        sut = self.probe(preload=["m"])
        self.write("m.py", "x = 22\n")
        limits = {"memoryMb": 512, "outputBytes": 1000, "valueBytes": 1000}
        answer = sut.ask(
            "open",
            root=self.root,
            path=[self.root],
            preload=["m"],
            targets=[],
            limits=limits,
            scratch=self.scratch,
        )
        self.assertEqual(answer["ok"], True)
        self.assertEqual(sut.outcomes("m.x", prelude="import m"), [22])

    def test_the_target_sees_a_clean_process(self):
        sut = self.probe()
        sources = [
            "sys.argv",
            "os.environ.get('PYTHONPATH')",
            "[p for p in sys.path if p.endswith('/probe')]",
        ]
        sources += ["sys.stdin.read()", "__name__", "sys.modules['__console__'].n"]
        values = [o["outcome"]["value"] for o in sut.observe(*sources, prelude="import os, sys\nn = 7")]
        self.assertEqual(values[0], {"t": "list", "items": [{"t": "str", "v": "-c"}]})
        self.assertEqual(values[1], {"t": "none"})
        self.assertEqual(values[2], {"t": "list", "items": []})
        self.assertEqual(values[3], {"t": "str", "v": ""})
        self.assertEqual(values[4], {"t": "str", "v": "__console__"})
        self.assertEqual(values[5], {"t": "int", "v": "7"})

    def test_the_root_comes_first_on_the_path(self):
        self.write("json.py", "mine = 1\n")
        sut = self.probe()
        self.assertEqual(
            sut.outcomes("json.mine", prelude="import sys\nsys.modules.pop('json')\nimport json"), [1]
        )

    def test_read_only_trees(self):
        self.write("pkg/__init__.py", "x = 3\n")
        os.chmod(os.path.join(self.root, "pkg"), 0o555)
        self.addCleanup(os.chmod, os.path.join(self.root, "pkg"), 0o755)
        sut = self.probe(preload=["pkg"])
        self.assertEqual(sut.opened["failed"], [])
        self.assertEqual(sut.outcomes("pkg.x", prelude="import pkg"), [3])


class Malformed(ProbeCase):
    def test_answers_name_the_mistake(self):
        sut = self.probe()
        for line, identity, words in (
            ("nonsense", None, "not JSON"),
            ("[]", None, "not an object"),
            ('{"op":"run"}', None, "'id' must be an integer"),
            ('{"id":7,"op":"dance"}', 7, "'op' must be one of"),
            ('{"id":8,"op":"run","programs":[]}', 8, "'secondsPerInput' must be a positive number"),
            ('{"id":9,"op":"verify","source":5,"seconds":1}', 9, "'source' must be a string"),
            ('{"id":10,"op":"open"}', 10, "'root' must be a string"),
        ):
            answer = sut.send(line)
            self.assertEqual(answer["id"], identity)
            self.assertIn(words, answer["error"])
        self.assertEqual(sut.outcomes("1"), [1])


class Resolve(ProbeCase):
    def test_the_first_module_that_has_a_name_wins(self):
        self.write("one.py", "a = 1\n")
        self.write("two.py", "a = b = 2\n")
        sut = self.probe()
        answer = sut.ask("resolve", modules=["missing", "one", "two"], names=["b", "a", "c"])
        self.assertEqual(answer["found"], {"a": "one", "b": "two"})

    def test_a_module_that_exits_is_an_error(self):
        self.write("bad.py", "import os\nos._exit(4)\n")
        answer = self.probe().ask("resolve", modules=["bad"], names=["a"])
        self.assertEqual(answer["error"], "the resolving process exited with code 4")


class Verify(ProbeCase):
    def check(self, source, status, exception=None, seconds=5):
        answer = self.probe().ask("verify", source=source, seconds=seconds)
        self.assertEqual(answer["status"], status, answer)
        self.assertEqual(answer.get("exception", {}).get("type"), exception)

    def test_passed(self):
        self.check("def helper(x):\n    return x\ndef test_a():\n    assert helper(1) == 1\n", "passed")

    def test_failed(self):
        self.check(
            "def test_a():\n    pass\ndef test_b():\n    assert 1 == 2\n", "failed", "builtins.AssertionError"
        )

    def test_other_exception(self):
        self.check("def test_a():\n    int('x')\n", "failed", "builtins.ValueError")

    def test_syntax_error(self):
        self.check("def test_a(:\n", "error", "builtins.SyntaxError")

    def test_import_error(self):
        self.check("import missing_module\ndef test_a(): pass\n", "error", "builtins.ModuleNotFoundError")

    def test_no_test(self):
        self.check("x = 1\n", "error", "builtins.LookupError")

    def test_timeout(self):
        self.check("def test_a():\n    while True: pass\n", "timeout", seconds=0.5)

    def test_timeout_in_c(self):
        self.check("def test_a():\n    10 ** 10 ** 8\n", "timeout", seconds=0.5)

    def test_crash(self):
        self.check("import os\ndef test_a():\n    os._exit(0)\n", "crashed")
