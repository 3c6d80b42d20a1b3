"""A fast check whether containers and closure variables have changed: after most inputs, none of them has."""

import itertools
import operator

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_chain = itertools.chain.from_iterable
_is = operator.is_
_values = dict.values


class ChangeCheck:
    """Remembers which objects are in ``containers`` (of builtin types; ``dicts``: the dictionaries among
    them) and ``cells``.

    ``content`` reads a cell. Objects are compared by identity: a change inside an item is not seen.
    """

    def __init__(self, containers, dicts, cells, content):
        self._containers, self._dicts, self._cells = containers, dicts, cells
        self._content = content
        self._sizes = list(map(len, containers))
        self._items = list(_chain(containers))
        self._dict_values = list(_chain(map(_values, dicts)))
        self._contents = list(map(content, cells))

    def unchanged(self):
        """Whether the same objects are still there, in the same order, and no others."""
        return (
            list(map(len, self._containers)) == self._sizes
            and all(map(_is, _chain(self._containers), self._items))
            and all(map(_is, _chain(map(_values, self._dicts)), self._dict_values))
            and all(map(_is, map(self._content, self._cells), self._contents))
        )
