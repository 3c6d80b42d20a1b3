"""Programs and tests in the place of a developer test that pytest has set up."""

from support import ProbeCase, int_value, unless_importable

CONFTEST = """
import pytest

@pytest.fixture
def shop(request, tmp_path):
    marked = request.node.iter_markers("stock")
    stock = {name: 1 for mark in marked for name in mark.args}
    (tmp_path / "stock").write_text(str(len(stock)))
    yield stock
"""
TESTS = """
import pytest
from store import take

class TestShop:
    @pytest.mark.stock("pear", "fig")
    def test_take(self, shop, tmp_path):
        assert take(shop, "pear") == 1
"""
HOST = {"test": "tests/test_shop.py::TestShop::test_take", "names": ["shop", "tmp_path"]}


@unless_importable("pytest")
class Hosted(ProbeCase):
    def setUp(self):
        super().setUp()
        self.write("store.py", "def take(stock, name):\n    stock[name] -= 1\n    return len(stock)\n")
        self.write("tests/conftest.py", CONFTEST)
        self.write("tests/test_shop.py", TESTS)
        targets = [{"file": "store.py", "qualnames": ["take"]}]
        self.sut = self.probe(targets=targets, preload=["store", "pytest"])

    def program(self, *sources, **options):
        steps = [{"kind": "prelude", "source": "from store import take"}]
        steps += [{"kind": "observe", "input": str(n), "source": source} for n, source in enumerate(sources)]
        return {"id": "p", "steps": steps, "host": dict(HOST, **options)}

    def observe(self, *sources, **options):
        return [
            answer["observation"] for answer in self.sut.run_programs([self.program(*sources, **options)])
        ]

    def test_inputs_see_the_fixtures_of_the_test(self):
        taken, read = self.observe("take(shop, 'pear')", "int((tmp_path / 'stock').read_text())")
        self.assertEqual(taken["outcome"], int_value(2))
        self.assertEqual(taken["hits"], ["store.py::take"])
        self.assertEqual(read["outcome"], int_value(2))

    def test_fixtures_are_no_state_and_what_they_wrote_is_no_file_of_an_input(self):
        for observation in self.observe("shop.clear()\nmine = [1]", "tmp_path.joinpath('x').write_text('')"):
            self.assertNotIn("shop", observation["state"])
            self.assertNotIn("<files>", observation["state"])

    def test_every_program_begins_with_the_fixtures_as_pytest_made_them(self):
        change = "shop.clear(); (tmp_path / 'stock').unlink(); (tmp_path / 'new').mkdir()"
        ask = "10 * len(shop) + (tmp_path / 'new').exists() + (tmp_path / 'stock').exists() * 5"
        answers = self.sut.run_programs([self.program(change, ask), self.program(ask)])
        outcomes = [answer["observation"]["outcome"] for answer in answers]
        self.assertEqual(outcomes[1:], [int_value(21), int_value(25)])

    def test_an_input_that_ends_the_process_does_not_end_the_others(self):
        outcomes = [
            one["outcome"]["kind"] for one in self.observe("len(shop)", "import os; os._exit(0)", "len(shop)")
        ]
        self.assertEqual(outcomes, ["value", "exited", "value"])

    def test_what_pytest_cannot_set_up_is_a_failed_set_up(self):
        for test in ("tests/test_shop.py::TestShop::test_gone", "tests/none.py::test_x"):
            (observation,) = self.observe("1", test=test)
            self.assertEqual(observation["outcome"]["kind"], "setup-failed")
            self.assertIn(test, observation["outcome"]["exception"]["message"])

    def test_a_test_gets_the_fixtures_that_it_names(self):
        source = "from store import take\ndef test_it(shop):\n    assert take(shop, 'fig') == %d\n"
        statuses = [
            self.sut.ask("verify", source=source % expected, seconds=10, host=HOST)["status"]
            for expected in (2, 3)
        ]
        self.assertEqual(statuses, ["passed", "failed"])

    def test_a_malformed_host_is_refused(self):
        answer = self.sut.ask("verify", source="", seconds=1, host={"test": 1})
        self.assertEqual(answer["error"], "'host.test' must be a string")


CASES = """
import functools
import unittest
from store import take

def stocked(*names):
    def decorate(function):
        @functools.wraps(function)
        def around(self):
            self.stock.update((name, 1) for name in names)
            function(self, "given")
        return around
    return decorate

class ShopTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opened = True

    def setUp(self):
        self.stock = {}
        self.addCleanup(self.stock.clear)

    @stocked("pear", "fig")
    def test_take(self, word):
        super().setUp()
        take(self.stock, "pear")

    def test_plain(self):
        pass

    @unittest.skip("no shop")
    def test_skipped(self):
        pass

class Counter:  # set up by pytest, by the names of its methods
    def setup_class(self):
        self.opened = 2

    def setup_method(self, method):
        self.stock = {method.__name__: 1}

class CounterTests(Counter):
    def test_count(self):
        pass

class Broken(unittest.TestCase):
    def setUp(self):
        raise ValueError("closed today")

    def test_x(self):
        pass
"""


class HostedByUnittest(ProbeCase):
    def setUp(self):
        super().setUp()
        self.write("store.py", "def take(stock, name):\n    stock[name] -= 1\n    return len(stock)\n")
        self.write("tests/test_cases.py", CASES)
        self.sut = self.probe(targets=[{"file": "store.py", "qualnames": ["take"]}], preload=["store"])

    @staticmethod
    def host(test, *names):
        return {
            "test": "tests/test_cases.py::" + test,
            "names": ["self"] + list(names),
            "runner": "unittest",
            "files": ["tests/test_cases.py"],
        }

    def observe(self, host, *sources):
        observed = self.sut.observe(*sources, prelude="from store import take", host=host)
        return [observation["outcome"] for observation in observed]

    def test_inputs_see_the_test_as_its_set_up_and_its_decorators_left_it(self):
        host = self.host("ShopTests::test_take", "word")
        taken, opened, word = self.observe(host, "take(self.stock, 'pear')", "int(self.opened)", "len(word)")
        self.assertEqual([taken, opened, word], [int_value(2), int_value(1), int_value(5)])

    def test_a_test_without_decorators_is_replaced_too(self):
        outcomes = self.observe(self.host("ShopTests::test_plain"), "len(self.stock)")
        self.assertEqual(outcomes, [int_value(0)])

    def test_a_class_of_pytest_is_set_up_as_pytest_does(self):
        outcomes = self.observe(
            self.host("CounterTests::test_count"), "self.stock['test_count']", "self.opened"
        )
        self.assertEqual(outcomes, [int_value(1), int_value(2)])

    def test_says_why_the_runner_did_not_come_to_the_test(self):
        for test, reason in (
            ("ShopTests::test_skipped", "no shop"),
            ("Broken::test_x", "closed today"),
            ("Missing::test_x", "not"),
        ):
            (outcome,) = self.observe(self.host(test), "1")
            self.assertEqual(outcome["kind"], "setup-failed")
            self.assertIn(reason, outcome["exception"]["message"])

    def test_a_method_of_a_test_file_is_run_with_the_set_up_of_the_host(self):
        source = (
            "import test_cases\nfrom store import take\n\n"
            "class TestFound(test_cases.ShopTests):\n"
            "    def test_it(self):\n        assert take(self.stock, 'fig') == %d\n"
        )
        statuses = [
            self.sut.ask(
                "verify", source=source % size, seconds=10, host=self.host("ShopTests::test_take", "word")
            )["status"]
            for size in (2, 3)
        ]
        self.assertEqual(statuses, ["passed", "failed"])


RUNTESTS = """
import sys

import django
from django.conf import settings
from django.test.utils import get_runner

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["shop"],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    SECRET_KEY="x",
)
django.setup()
labels = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
sys.exit(bool(get_runner(settings)(verbosity=0).run_tests(labels)))
"""
MODELS = """
from django.db import models

class Item(models.Model):
    name = models.CharField(max_length=9)
"""
DJANGO_TESTS = """
from django.conf import settings
from django.test import SimpleTestCase, TestCase, override_settings

from .models import Item

class ItemTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pear = Item.objects.create(name="pear")

    @override_settings(APPEND_SLASH=False)
    def test_item(self):
        pass

class LabelTests(SimpleTestCase):
    def test_label(self):
        pass
"""


@unless_importable("django")
class HostedByDjango(ProbeCase):
    def setUp(self):
        super().setUp()
        self.write("tests/runtests.py", RUNTESTS)
        self.write("tests/shop/__init__.py", "")
        self.write("tests/shop/models.py", MODELS)
        self.write("tests/shop/tests.py", DJANGO_TESTS)
        self.sut = self.probe()

    def observe(self, test, *sources, **options):
        host = {"test": test, "names": ["self"], "runner": "django", "files": ["tests/shop/tests.py"]}
        options.setdefault("prelude", "from shop.tests import *")
        return [observation["outcome"] for observation in self.sut.observe(*sources, host=host, **options)]

    def test_each_input_sees_the_database_as_the_test_was_given_it(self):
        outcomes = self.observe(
            "tests/shop/tests.py::ItemTests::test_item",
            "self.pear.pk",
            "Item.objects.create(name='fig').pk",
            "Item.objects.create(name='kiwi').pk",
            "Item.objects.count()",
            "int(settings.APPEND_SLASH)",
        )
        self.assertEqual(outcomes, [int_value(1), int_value(2), int_value(2), int_value(1), int_value(0)])

    def test_a_test_without_a_database_has_none(self):
        count, one = self.observe("tests/shop/tests.py::LabelTests::test_label", "Item.objects.count()", "1")
        self.assertEqual((count["kind"], one), ("raised", int_value(1)))

    def test_models_that_a_program_defines_have_tables(self):
        outcomes = self.observe(
            "django/test/__init__.py::TestCase::test_plain",
            "Box.objects.create(size=3).pk",
            "Lid.objects.filter(box__size=3).count()",
            prelude="from django.db import models",
            prefix=[
                "class Box(models.Model):\n    size = models.IntegerField()",
                "class Lid(models.Model):\n    box = models.ForeignKey(Box, models.CASCADE)",
                "_ = Lid.objects.create(box=Box.objects.create(size=3))",
            ],
        )
        self.assertEqual(outcomes, [int_value(2), int_value(1)])
