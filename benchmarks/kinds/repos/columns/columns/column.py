"""A column of values of one type."""

from columns.dtypes import PYTHON, infer, promote
from columns.grouped import Grouped


class Column:
    """Values of one dtype, None where one is missing.

    >>> Column([1, None, 3])
    Column([1, None, 3])
    """

    def __init__(self, values, dtype=None):
        values = list(values)
        self.dtype = infer(values) if dtype is None else dtype
        convert = PYTHON[self.dtype]
        self.values = [None if value is None else convert(value) for value in values]

    def __len__(self):
        return len(self.values)

    def __iter__(self):
        return iter(self.values)

    def __repr__(self):
        return "Column(%r)" % self.values

    def present(self):
        """The values that are not missing."""
        return [value for value in self.values if value is not None]

    def where(self, mask, other):
        """The column's values where the mask is true, those of ``other`` elsewhere."""
        if not len(self) == len(mask) == len(other):
            raise ValueError("the lengths differ")
        chosen = [mine if keep else theirs for mine, keep, theirs in zip(self, mask, other)]
        return Column(chosen, promote(self.dtype, other.dtype))

    def mean(self):
        """The mean of the values that are not missing.

        >>> Column([1, None, 4]).mean()
        2.5
        """
        present = self.present()
        return sum(present) / len(present)

    def group_by(self, keys):
        """The column in groups of equal keys."""
        return Grouped(self, keys)
