"""Code under test that ends, hangs or exhausts its process: the channel and the inputs after it survive."""

import json
import os
import textwrap
import time

from support import LIMITS, ProbeCase, int_value

PRELUDE = "import ctypes, os, signal, sys, threading, time"


class Ends(ProbeCase):
    def check(self, source, expected, **options):
        sut = self.probe(**options.pop("open", {}))
        options.setdefault("seconds", 0.7)
        outcomes = sut.outcomes("1", source, "2", prelude=PRELUDE, **options)
        self.assertEqual(outcomes, [1, expected, 2])

    def test_exit(self):
        self.check("os._exit(3)", "exited")

    def test_exit_with_zero(self):
        self.check("os._exit(0)", "exited")

    def test_sys_exit(self):
        self.check("sys.exit(3)", "raised")

    def test_segmentation_fault(self):
        self.check("ctypes.string_at(0)", "crashed")

    def test_kill(self):
        self.check("os.kill(os.getpid(), 9)", "crashed")

    def test_kill_of_the_group(self):
        self.check("os.killpg(0, 9)", "crashed")

    def test_kill_of_the_zygote(self):
        self.check("os.kill(os.getppid(), 9); time.sleep(5)", "crashed")

    def test_stopped_zygote(self):
        self.check("os.kill(os.getppid(), signal.SIGSTOP); 7", 7)

    def test_busy_loop(self):
        self.check("while True: pass", "timeout")

    def test_sleep(self):
        self.check("time.sleep(60)", "timeout")

    def test_loop_in_c(self):
        self.check("10 ** 10 ** 8", "timeout")

    def test_loop_that_swallows_the_alarm(self):
        self.check(
            "while True:\n    try:\n        while True: pass\n    except BaseException: pass", "timeout"
        )

    def test_loop_that_silences_the_alarm(self):
        self.check("signal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass", "timeout")

    def test_loop_in_a_repr(self):
        self.check("class A:\n    def __repr__(self):\n        while True: pass\nA()", "timeout")

    def test_endless_generator(self):
        self.check("def f():\n    while True: pass\n    yield\nf()", "timeout")

    def test_exit_while_a_table_is_put_back(self):
        self.write("use.py", "TABLE = {}\n")
        sut = self.probe(targets=[{"file": "use.py", "qualnames": []}], preload=["use"])
        key = "class Key:\n    armed = None\n"
        key += "    def __hash__(self):\n        return os._exit(3) if self.armed else 1"
        prefix = [key, "use.TABLE[Key()] = 1"]
        change = "Key.armed = 'yes'; use.TABLE.clear(); len(use.TABLE)"
        answers = sut.outcomes("1", change, "2 + len(use.TABLE)", prelude=PRELUDE + ", use", prefix=prefix)
        self.assertEqual(answers, [1, 0, 3])

    def test_memory(self):
        limits = dict(LIMITS, memoryMb=300)
        self.check(
            "x = [bytearray(10 ** 7) for _ in range(1000)]", "resource", open={"limits": limits}, seconds=20
        )

    def test_huge_value(self):
        sut = self.probe()
        sources = [
            "list(range(10 ** 6))",
            "'x' * 10 ** 8",
            "10 ** 10 ** 6",
            "{n: 'x' * 100 for n in range(10 ** 5)}",
        ]
        for observation in sut.observe(*sources, seconds=20):
            self.assertIn('"truncated"', str(observation).replace("'", '"'))
            self.assertLess(len(str(observation)), 2000000)

    def test_huge_object_shows_its_surface(self):
        sut = self.probe()
        prelude = textwrap.dedent(
            """
            class A:
                pass

            def tree(depth):
                made = A()
                made.kids = [tree(depth - 1) for _ in range(4)] if depth else 'x' * 50
                return made

            a = A()
            a.config, a.code = tree(6), 7
            """
        )
        public = sut.observe("a", prelude=prelude, seconds=20)[0]["outcome"]["value"]["public"]
        self.assertEqual(public["code"], {"t": "int", "v": "7"})
        self.assertEqual(public["config"]["public"]["kids"]["items"][0]["t"], "object")
        self.assertIn('{"t": "truncated", "why": "depth"}', json.dumps(public, sort_keys=True))

    def test_too_many_large_variables(self):
        sut = self.probe()
        prelude = "\n".join("v%d = ['x' * 100] * 500" % n for n in range(300))
        observation = sut.observe("; ".join("v%d" % n for n in range(300)), prelude=prelude, seconds=20)[0]
        self.assertEqual(observation["outcome"], {"kind": "resource", "what": "size"})

    def test_output_flood(self):
        self.check("while True: print('x' * 1000)", "resource", seconds=3)

    def test_large_file(self):
        self.check("f = open('f', 'wb')\nwhile True: f.write(bytes(10 ** 6))", "raised", seconds=20)

    def test_recursion(self):
        self.check("def f(): f()\nf()", "raised", seconds=5)

    def test_threads_end_with_the_program(self):
        self.check("threading.Thread(target=time.sleep, args=(60,)).start(); 5", 5)

    def test_a_death_that_an_earlier_input_caused_is_not_blamed_on_a_later_one(self):
        sut = self.probe()
        burn = "end = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n%d"
        outcomes = sut.outcomes(
            "signal.setitimer(signal.ITIMER_VIRTUAL, 0.1)\n1", burn % 2, burn % 3, prelude=PRELUDE, seconds=5
        )
        self.assertEqual(outcomes, [1, 2, 3])

    def test_children_do_not_survive(self):
        sut = self.probe()
        mark = os.path.join(self.directory, "mark")
        source = (
            """
for detach in (False, True):
    if os.fork() == 0:
        if detach: os.setsid()
        time.sleep(1.5)
        open(%r, "w").close()
        os._exit(0)
1"""
            % mark
        )
        self.assertEqual(sut.outcomes(source, prelude=PRELUDE), [1])
        time.sleep(2)
        self.assertFalse(os.path.exists(mark))

    def test_a_fork_in_an_input_does_not_answer_for_it(self):
        self.check("pid = os.fork()\nif pid: os.waitpid(pid, 0)\n5 if pid else 6", 5)

    def test_many_children(self):
        forks = "for _ in range(30):\n    if os.fork() == 0:\n        while True: time.sleep(1)\n5"
        self.check(forks, 5, seconds=10)

    def test_the_probe_ends_with_its_host(self):
        sut = self.probe()
        self.assertEqual(sut.outcomes("1"), [1])
        self.assertEqual(sut.close(), 0)


class Imports(ProbeCase):
    def test_a_module_that_ends_the_interpreter_is_left_out(self):
        self.write("bad.py", "import os\nos._exit(4)\n")
        self.write("good.py", "x = 1\n")
        sut = self.probe(preload=["bad", "good", "missing"])
        failed = {entry["module"]: entry["exception"]["message"] for entry in sut.opened["failed"]}
        self.assertEqual(
            failed,
            {
                "bad": "the interpreter ended while importing: exited with code 4",
                "missing": "No module named 'missing'",
            },
        )
        self.assertEqual(
            sut.observe("sys.modules['good'].x", prelude="import sys")[0]["outcome"], int_value(1)
        )

    def test_output_while_importing_does_not_reach_the_channel(self):
        self.write(
            "loud.py",
            "import os\nprint('{}')\nos.write(1, b'{}')\nfor fd in range(3, 1024):\n"
            '    try: os.write(fd, b\'{"id":1,"ok":false}\\n\')\n    except OSError: pass\n',
        )
        sut = self.probe(preload=["loud"])
        self.assertEqual((sut.opened["ok"], sut.opened["failed"]), (True, []))
        self.assertEqual(sut.outcomes("1"), [1])
