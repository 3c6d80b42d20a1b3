"""Tables whose columns have names."""

from tablefmt.table import format_table


class Table:
    """Rows under named columns.

    >>> table = Table(["name", "age"], [["Ann", 31], ["Bob", 25]])
    >>> table.column("age")
    [31, 25]
    """

    def __init__(self, columns, rows=()):
        self.columns = list(columns)
        self.rows = [list(row) for row in rows]

    @classmethod
    def from_dicts(cls, records):
        """A table of dictionaries; what a record does not have becomes None.

        >>> Table.from_dicts([{"a": 1, "b": 2}, {"a": 3}]).rows
        [[1, 2], [3, None]]
        """
        records = list(records)
        columns = list(records[0]) if records else []
        return cls(columns, [[record.get(name) for name in columns] for record in records])

    def column(self, name):
        """The values of a column."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]

    def sorted_by(self, name, reverse=False):
        """A copy sorted by a column.

        >>> Table(["n"], [[2], [1]]).sorted_by("n").rows
        [[1], [2]]
        """
        index = self.columns.index(name)
        rows = sorted(self.rows, key=lambda row: row[index], reverse=reverse)
        return Table(self.columns, rows)

    def render(self, fill=""):
        """The table as text."""
        return format_table(self.rows, header=self.columns, fill=fill)
