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
