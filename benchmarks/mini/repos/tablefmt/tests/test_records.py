import unittest

from tablefmt import Table


class TableTest(unittest.TestCase):
    def test_columns(self):
        table = Table(["name", "age"], [["Ann", 31], ["Bob", 25]])
        self.assertEqual(table.column("name"), ["Ann", "Bob"])

    def test_from_dicts(self):
        table = Table.from_dicts([{"a": 1, "b": 2}, {"b": 3}])
        self.assertEqual(table.columns, ["a", "b"])
        self.assertEqual(table.rows, [[1, 2], [None, 3]])

    def test_no_dicts(self):
        self.assertEqual(Table.from_dicts([]).columns, [])

    def test_sorted_by(self):
        table = Table(["n"], [[2], [3], [1]])
        self.assertEqual(table.sorted_by("n", reverse=True).column("n"), [3, 2, 1])

    def test_render(self):
        table = Table(["n", "m"], [[1, None]])
        self.assertEqual(table.render(fill="?"), "n | m\n--+--\n1 | ?")
