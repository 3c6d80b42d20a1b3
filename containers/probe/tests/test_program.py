"""Programs: the namespace, the steps, isolation and limits of time."""

import sys
import textwrap
import unittest

from patchdiff_probe.child.observe import Observer, without_run
from patchdiff_probe.values.normalise import Normaliser
from support import LIMITS, ProbeCase, int_value


class Programs(ProbeCase):
    def test_inputs_see_a_copy_of_the_namespace(self):
        sut = self.probe()
        self.assertEqual(sut.outcomes("n = 2\nn", "n", prelude="n = 1"), [2, 1])

    def test_exec_steps_run_in_order_between_inputs(self):
        sut = self.probe()
        steps = [
            {"kind": "exec", "source": "n = 1"},
            {"kind": "observe", "input": "a", "source": "n"},
            {"kind": "exec", "source": "n += 1"},
            {"kind": "observe", "input": "b", "source": "n"},
        ]
        answers = sut.run_programs([{"id": "p", "steps": [{"kind": "prelude", "source": ""}] + steps}])
        self.assertEqual(
            [answer["observation"]["outcome"] for answer in answers], [int_value(1), int_value(2)]
        )

    def test_a_failing_exec_step_is_passed_over(self):
        sut = self.probe()
        observation = sut.observe("m", prefix=["1/0\nn = 1", "m = 3"])
        self.assertEqual(observation[0]["outcome"], int_value(3))

    def test_a_variable_that_its_statement_failed_to_assign_answers_with_that_failure(self):
        sut = self.probe()
        missing, unheard_of, assigned = sut.observe(
            "n + 1", "other", "m", prefix=["n = 1/0", "m = {}['a']", "m = 3"]
        )
        self.assertEqual(missing["outcome"]["exception"]["type"], "builtins.ZeroDivisionError")
        self.assertEqual(unheard_of["outcome"]["exception"]["type"], "builtins.NameError")
        self.assertEqual(assigned["outcome"], int_value(3))

    @unittest.skipIf(sys.version_info < (3, 7), "no tracebacks can be made before 3.7")
    def test_exceptions_of_compiled_modules_are_read_though_their_frames_have_no_bytecode(self):
        prelude = """
            import sys, types
            def fail():
                try:
                    {}["a"]
                except KeyError as error:
                    frame = types.TracebackType(None, sys._getframe(), 100000, 7)
                    raise ValueError("no") from error.with_traceback(frame)
        """
        [observation] = self.probe().observe("fail()", prelude=textwrap.dedent(prelude))
        self.assertEqual(observation["outcome"]["exception"]["cause"]["at"]["explicit"], False)

    def test_what_the_probe_fails_to_read_is_no_end_of_the_process(self):
        class Broken:
            def describe(self, error):
                raise IndexError(error)

        sut = Observer(Normaliser("/none", "/nowhere"), Broken(), None, None, None, LIMITS)
        observation = sut._observe("1 / 0", {}, without_run({"kind": "timeout"}))
        self.assertEqual(observation["outcome"]["value"]["why"], "the probe failed: builtins.IndexError")

    def test_programs_do_not_share_state(self):
        sut = self.probe()
        self.write("shared.py", "items = []\n")
        for _ in range(2):
            self.assertEqual(
                sut.outcomes("shared.items.append(1); len(shared.items)", prelude="import shared"), [1]
            )

    def test_inputs_after_one_prelude_share_objects(self):
        sut = self.probe()
        prelude = "import types\nx = types.SimpleNamespace(n=0)"  # of a class that is not looked into
        self.assertEqual(sut.outcomes(*["x.n += 1; x.n"] * 3, prelude=prelude), [1, 2, 3])

    def test_tables_of_the_targets_are_put_back_after_each_input(self):
        self.write("names.py", "KNOWN = {'a': {'b': [1]}}\nclass Kept:\n    made = []\nkept = Kept()\n")
        self.write("use.py", "from names import Kept\ndef add(key):\n    Kept.made.append(key)\n")
        sut = self.probe(targets=[{"file": "use.py", "qualnames": ["add"]}], preload=["use"])
        change = "names.KNOWN['a']['b'].append(2); names.KNOWN.pop('a'); add(1); names.kept.x = 1"
        ask = "len(names.KNOWN) + len(names.KNOWN['a']['b']) + len(Kept.made) + len(vars(names.kept))"
        prelude = "import names\nfrom use import add, Kept"
        self.assertEqual(sut.outcomes(change, ask, prelude=prelude), ["value", 2])
        self.assertEqual(sut.outcomes(change, ask, prelude=prelude, prefix=["add(2)"]), ["value", 3])

    def test_changes_that_keep_the_size_are_put_back_too(self):
        self.write(
            "use.py",
            "import collections\norder = collections.OrderedDict(a=1, b=2)\ntable = {'a': 1}\n"
            "lines = [1, 2]\nnames = {'a'}\nlast = collections.deque([1, 2])\n",
        )
        sut = self.probe(targets=[{"file": "use.py", "qualnames": []}], preload=["use"])
        ask = "str((list(order), table, lines, names, list(last)))"
        changes = ["order.move_to_end('a')", "table['a'] = 3", "lines.reverse()", "last.rotate()"]
        changes.append("names.clear(); names.add('b')")
        answers = sut.observe(
            ask, *(part for change in changes for part in (change, ask)), prelude="from use import *"
        )
        values = [answer["outcome"]["value"]["v"] for answer in answers[::2]]
        self.assertEqual(set(values), {"(['a', 'b'], {'a': 1}, [1, 2], {'a'}, [1, 2])"})

    def test_tables_made_by_the_set_up_are_put_back_too(self):
        self.write("use.py", "TABLE = {}\ndef add(key):\n    TABLE[key] = [key]\n")
        self.write("late.py", "from use import add\nSEEN = []\n")
        sut = self.probe(
            targets=[{"file": f, "qualnames": []} for f in ("use.py", "late.py")], preload=["use"]
        )
        change = "use.TABLE[1].append(2); use.TABLE[3] = 3; late.SEEN.append(1)"
        ask = "10 * len(use.TABLE) + len(use.TABLE[1]) + len(late.SEEN)"
        self.assertEqual(
            sut.outcomes(change, ask, prelude="import use, late", prefix=["use.add(1)"]), ["value", 11]
        )

    def test_a_context_that_is_entered_is_no_state(self):
        prelude = "import contextlib\n@contextlib.contextmanager\ndef opened():\n    yield 1"
        sut = self.probe()
        alone, asked = sut.observe(
            "m = opened()\nv = m.__enter__()\nv", "m = opened()\nv = m.__enter__()\nm.kwds", prelude=prelude
        )
        self.assertEqual(sorted(alone["state"]), ["v"])
        self.assertEqual(sorted(asked["state"]), ["m", "v"])

    def test_what_variables_hold_is_put_back_too(self):
        prelude = "\n".join(
            [
                "import sys",
                "class Cache:",
                "    def __init__(self):",
                "        self.held = {}",
                "def remember(function):",
                "    cache, calls = Cache(), 0",
                "    def wrapper(key):",
                "        nonlocal calls",
                "        calls += sys.version_info >= (3, 7)",
                "        cache.held[key] = function(key)",
                "        return len(cache.held), calls",
                "    return wrapper",
                "class Case:",
                "    pass",
                "names = [1]",
                "case = Case()",
                "case.twice = remember(lambda key: 2 * key)",
                "twice = remember(lambda key: 2 * key)",
            ]
        )
        change = "names.append(2); case.x = 1; case.twice(8); twice(7)"
        counts = ["len(names)", "len(vars(case))", "case.twice(1)[0]", "twice(1)[0]", "twice(2)[1]"]
        ask = " + ".join("%d * %s" % (100**place, count) for place, count in enumerate(counts))
        sut = self.probe()
        first = sut.outcomes(ask, prelude=prelude)
        self.assertEqual(sut.outcomes(change, ask, prelude=prelude)[1:], first)
        after = sut.outcomes(change, ask, prelude=prelude, prefix=["names.append(3); twice(5)", "twice(6)"])[
            1:
        ]
        self.assertEqual(
            after, sut.outcomes(ask, prelude=prelude, prefix=["names.append(3); twice(5)", "twice(6)"])
        )

    def test_a_counter_that_a_variable_holds_is_put_back_too(self):
        prelude = "\n".join(
            [
                "import itertools",
                "class Queue:",
                "    def __init__(self):",
                "        self.ids = itertools.count(5, 2)",
                "        self.more = [itertools.count()]",
                "queue = Queue()",
            ]
        )
        ask = "100 * next(queue.ids) + next(queue.more[0])"
        sut = self.probe()
        self.assertEqual(sut.outcomes(ask, ask, ask, prelude=prelude), [500, 500, 500])
        self.assertEqual(sut.outcomes(ask, ask, prelude=prelude, prefix=["next(queue.ids)"]), [700, 700])

    def test_what_modules_and_classes_count_is_put_back_too(self):
        self.write(
            "use.py",
            "import itertools\n_ids = itertools.count(1)\n_last = 0\nclass Made:\n    count = 0\n"
            "def make():\n    global _last\n    _last += 1\n    Made.count += 1\n"
            "    return 100 * next(_ids) + 10 * _last + Made.count\n",
        )
        sut = self.probe(targets=[{"file": "use.py", "qualnames": ["make"]}], preload=["use"])
        self.assertEqual(
            sut.outcomes("make()", "make()", "make()", prelude="from use import make"), [111, 111, 111]
        )
        answers = sut.outcomes("make()", "make()", prelude="from use import make", prefix=["make()"])
        self.assertEqual(answers, [222, 222])

    def test_a_type_that_nothing_asked_for_yet_is_no_obstacle(self):
        self.write("keys.py", "import functools\nkey = functools.cmp_to_key(lambda a, b: 0)\ntable = {}\n")
        sut = self.probe(targets=[{"file": "keys.py", "qualnames": []}], preload=["keys"])
        self.assertEqual(
            sut.outcomes("keys.table.update(a=1); 1", "len(keys.table)", prelude="import keys"), [1, 0]
        )

    def test_files_that_an_input_leaves_are_state(self):
        sut = self.probe()
        prelude = "import os, tempfile"
        make = "d = tempfile.mkdtemp(); os.mkdir(os.path.join(d, 'out')); open('a.txt', 'w').write('one'); 1"
        left, none, gone = sut.observe(
            make,
            "os.path.exists('a.txt')",
            "os.remove('b')",
            prelude=prelude,
            prefix=["open('b', 'w').close()"],
        )
        entries = left["state"]["<files>"]["entries"]
        self.assertEqual(
            [(key["v"], value["v"]) for key, value in entries],
            [("<tmp>", "directory"), ("<tmp>/out", "directory"), ("a.txt", "file: one")],
        )
        self.assertEqual(none["outcome"]["value"], {"t": "bool", "v": False})
        self.assertNotIn("<files>", none["state"])
        self.assertEqual(
            gone["state"]["<files>"]["entries"], [[{"t": "str", "v": "b"}, {"t": "str", "v": "gone"}]]
        )

    def test_hidden_files_are_state_and_hidden_folders_end_with_their_input(self):
        sut = self.probe()
        prelude = "import os\ndef put(name):\n    with open(name, 'w') as file:\n        file.write(name)"
        make = "put('.settings'); os.makedirs('.tool/a/b'); put('.tool/a/c')"
        ask = "len(os.listdir('.'))"
        first, asked = sut.observe(make, ask, prelude=prelude)
        [[name, content]] = first["state"]["<files>"]["entries"]
        self.assertEqual((name["v"], content["v"]), (".settings", "file: .settings"))
        self.assertEqual(asked["outcome"], int_value(0))
        kept = sut.observe(ask, "put('.tool/d'); " + ask, ask, prelude=prelude, prefix=[make])
        self.assertEqual([each["outcome"] for each in kept], [int_value(2)] * 3)
        self.assertNotIn("<files>", kept[1]["state"])

    def test_temporary_names_are_the_same_everywhere(self):
        make = "[os.path.basename(tempfile.mkdtemp(suffix='-home')) for _ in 'ab'], "
        make += "tempfile.mkstemp('.py', 'p-')[1]"
        answers = [
            [
                one["outcome"]["value"]
                for one in self.probe().observe(make, make, prelude="import os, tempfile")
            ]
            for _ in "ab"
        ]
        self.assertEqual(answers[0], answers[1])
        names, path = answers[0][0]["items"]
        self.assertEqual([name["v"] for name in names["items"]], ["tmp<tmp>-home"] * 2)
        self.assertEqual(path["v"], "<tmp>/p-<tmp>.py")

    def test_what_loaded_modules_write_at_home_lasts_as_long_as_its_input(self):
        self.write(
            "runs.py",
            """
            import os
            HOME = os.path.expanduser("~/.cache")
            os.mkdir(HOME)
            with open(os.path.join(HOME, "made"), "w") as made:
                made.write("made")
            def run():
                before = sorted(os.listdir(HOME))
                with open(os.path.join(HOME, "stats"), "w") as stats:
                    stats.write("ran")
                return before
            """,
        )
        sut = self.probe(preload=["runs"])
        once = {"t": "list", "items": [{"t": "str", "v": "made"}]}
        twice = {"t": "list", "items": [{"t": "str", "v": "made"}, {"t": "str", "v": "stats"}]}
        prelude = "from runs import run"
        for prefix, expected in (([], once), (["run()"], twice), ([], once)):
            answers = sut.observe("run()", "run()", prelude=prelude, prefix=prefix)
            self.assertEqual([answer["outcome"]["value"] for answer in answers], [expected, expected])
            self.assertNotIn("<files>", answers[0]["state"])

    def test_a_pipe_left_at_home_ends_with_its_program(self):
        self.write("place.py", "import os\nHOME = os.getcwd()\n")
        sut = self.probe(preload=["place"])
        prelude = "import os\nfrom place import HOME"
        for prefix in ["os.mkfifo(os.path.join(HOME, 'pipe'))"], []:
            self.assertEqual(
                sut.outcomes("len(os.listdir(HOME))", prelude=prelude, prefix=prefix), [len(prefix)]
            )

    def test_files_below_a_path_that_is_spelled_twice_do_not_tell_where(self):
        [observation] = self.probe().observe("os.makedirs(os.getcwd() * 2)", prelude="import os")
        files = observation["state"]["<files>"]["entries"]
        names = [key["v"] for key, _ in files]
        self.assertEqual(sorted(set("/".join(names).split("/"))), ["<place>"])

    def test_a_failing_prelude_fails_the_set_up_of_all(self):
        sut = self.probe()
        for observation in sut.observe("1", "2", prelude="1/0"):
            self.assertEqual(observation["outcome"]["kind"], "setup-failed")
            self.assertEqual(observation["outcome"]["exception"]["type"], "builtins.ZeroDivisionError")

    def test_a_fatal_set_up_fails_it_too(self):
        sut = self.probe()
        for options, message in (
            ({"prelude": "import os; os._exit(5)"}, "the set-up exited with code 5"),
            ({"prefix": ["import os; os.kill(os.getpid(), 11)"]}, "the set-up killed by signal 11"),
            ({"prefix": ["while True: pass"], "seconds": 0.3}, "the set-up timed out"),
            ({"prelude": "while True: pass", "total": 0.5}, "the set-up timed out"),
        ):
            for observation in sut.observe("1", "2", **options):
                self.assertEqual(observation["outcome"]["exception"]["message"], message)

    def test_a_program_out_of_time_leaves_the_rest_as_timeouts(self):
        sut = self.probe()
        outcomes = sut.outcomes("1", "time.sleep(30)", "2", "3", prelude="import time", seconds=20, total=1)
        self.assertEqual(outcomes, [1, "timeout", "timeout", "timeout"])

    def test_every_input_starts_from_the_same_point(self):
        sut = self.probe()
        sources = [
            "os.chdir('/'); sys.setrecursionlimit(150); random.random(); 1",
            "sys.getrecursionlimit() > 150",
        ]
        sources += ["os.getcwd()", "random.random()"]
        observations = sut.observe(*sources, prelude="import os, sys, random")
        self.assertEqual(observations[1]["outcome"]["value"], {"t": "bool", "v": True})
        self.assertEqual(observations[2]["outcome"]["value"], {"t": "str", "v": "<tmp>"})
        self.assertEqual(observations[3]["outcome"]["value"], {"t": "float", "v": "0.39135761609636566"})

    def test_code_under_test_records_its_own_warnings(self):
        sut = self.probe()
        source = "with warnings.catch_warnings(record=True) as log:\n    warnings.warn('a')\nlen(log)"
        observation = sut.observe(source, prelude="import warnings")[0]
        self.assertEqual((observation["outcome"], observation["warnings"]), (int_value(1), []))

    def test_what_a_set_up_wrote_is_not_the_output_of_an_input(self):
        sut = self.probe()
        prefix = ["sys.stderr.write('noise'); sys.stdout.write('noise')"]
        observation = sut.observe("1", prelude="import sys", prefix=prefix)[0]
        self.assertEqual((observation["stdout"], observation["stderr"]), ("", ""))

    def test_printed_tracebacks_and_warnings_do_not_tell_where(self):
        sut = self.probe()
        source = (
            "try:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()\n"
            "sys.stderr.write('a.py:12: UserWarning: b')"
        )
        observation = sut.observe(source, prelude="import sys, traceback")[0]
        self.assertEqual(
            observation["stderr"],
            "Traceback (most recent call last):\nZeroDivisionError: division by zero\na.py:N: UserWarning: b",
        )

    def test_scratch_is_removed_after_each_program(self):
        import os

        sut = self.probe()
        sut.observe(
            "open('left', 'w').close(); os.mkdir('locked'); os.chmod('locked', 0)", prelude="import os"
        )
        self.assertEqual([name for name in os.listdir(self.scratch) if name.startswith("program")], [])


class Sections(ProbeCase):
    """Programs with more than one prelude."""

    def outcomes(self, sections, **options):
        """``sections``: (prelude, exec steps, sources); returns the outcomes in their order."""
        steps = []
        for number, (prelude, prefix, sources) in enumerate(sections):
            steps.append({"kind": "prelude", "source": prelude})
            steps += [{"kind": "exec", "source": source} for source in prefix]
            steps += [
                {"kind": "observe", "input": "%d-%d" % (number, n), "source": source}
                for n, source in enumerate(sources)
            ]
        sut = self.probe(**options.pop("open", {}))
        answers = sut.run_programs([{"id": "p", "steps": steps}], **options)
        found = {answer["input"]: answer["observation"]["outcome"] for answer in answers}
        self.assertEqual(len(found), len(answers))
        return [
            [found["%d-%d" % (number, n)] for n in range(len(sources))]
            for number, (_, _, sources) in enumerate(sections)
        ]

    def kinds(self, sections, **options):
        return [[outcome["kind"] for outcome in section] for section in self.outcomes(sections, **options)]

    def test_each_prelude_begins_with_an_empty_namespace(self):
        first, second = self.outcomes([("n = 1", ["m = 2"], ["n + m"]), ("n = 5", [], ["n", "m"])])
        self.assertEqual(first, [int_value(3)])
        self.assertEqual(second[0], int_value(5))
        self.assertEqual(second[1]["exception"]["type"], "builtins.NameError")

    def test_sections_share_a_process(self):
        marking, asking = ("import sys", ["sys.mark = 8"], ["1"]), ("import sys", [], ["sys.mark"])
        self.assertEqual(self.outcomes([marking, asking])[1], [int_value(8)])

    def test_a_prelude_that_raises_fails_its_own_inputs_only(self):
        sections = [("1/0", ["n = 1"], ["1", "2"]), ("n = 1", [], ["n"]), ("import nothing", [], ["3"])]
        self.assertEqual(self.kinds(sections), [["setup-failed"] * 2, ["value"], ["setup-failed"]])

    def test_a_set_up_that_ends_or_hangs_fails_its_own_inputs_only(self):
        sections = [
            ("import os", ["os._exit(3)"], ["1", "2"]),
            ("n = 1", [], ["n", "while True: pass", "n"]),
            ("n = 2", ["while True: pass"], ["n"]),
            ("import os", [], ["1", "os._exit(4)", "2"]),
            ("n = 3", [], ["n"]),
        ]
        self.assertEqual(
            self.kinds(sections, seconds=0.5),
            [
                ["setup-failed"] * 2,
                ["value", "timeout", "value"],
                ["setup-failed"],
                ["value", "exited", "value"],
                ["value"],
            ],
        )

    def test_what_set_ups_did_to_the_modules_of_the_targets_is_undone(self):
        self.write("use.py", "TABLE = {}\nLIMIT = 1\ndef add(key):\n    TABLE[key] = LIMIT\n")
        changing = ("import use", ["use.add(1)", "use.LIMIT = 7"], ["10 * len(use.TABLE) + use.LIMIT"])
        asking = ("import use", [], ["10 * len(use.TABLE) + use.LIMIT"])
        options = {"targets": [{"file": "use.py", "qualnames": ["add"]}], "preload": ["use"]}
        self.assertEqual(self.outcomes([changing, asking], open=options), [[int_value(17)], [int_value(1)]])

    def test_what_set_ups_counted_is_undone(self):
        self.write(
            "use.py", "import itertools\n_ids = itertools.count(1)\ndef make():\n    return next(_ids)\n"
        )
        section = ("from use import make", ["make()"], ["make()"])
        options = {"targets": [{"file": "use.py", "qualnames": ["make"]}], "preload": ["use"]}
        self.assertEqual(self.outcomes([section, section], open=options), [[int_value(2)]] * 2)

    def test_files_of_set_ups_are_removed(self):
        steps = ["open('a', 'w').close()", "os.mkdir('b')", "os.mkdir('.c')", "open('.c/d', 'w').close()"]
        making = ("import os", steps, ["len(os.listdir('.'))"])
        asking = ("import os", [], ["len(os.listdir('.'))"])
        self.assertEqual(self.outcomes([making, asking]), [[int_value(3)], [int_value(0)]])
