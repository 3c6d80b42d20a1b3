"""Columns in groups."""


class Grouped:
    """The values of a column, in groups."""

    def __init__(self, column, keys):
        self._groups = {}
        for key, value in zip(keys, column):
            self._groups.setdefault(key, []).append(value)

    def counts(self):
        """How many values each group has, without the missing ones."""
        return {key: len(values) for key, values in self._present()}

    def mean(self):
        """The mean of each group."""
        return {key: sum(values) / len(values) for key, values in self._present()}

    def _present(self):
        for key, values in self._groups.items():
            yield key, [value for value in values if value is not None]
