"""Whether many containers and cells hold what they held, seen with few calls: after most inputs nothing has changed."""

import itertools
import operator

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_chain = itertools.chain.from_iterable
_is = operator.is_
_values = dict.values


class Glance:
    """What ``containers`` (of builtin types; ``dicts`` those that are tables), and ``cells`` by ``content``, hold now.

    By identity: what one of their items has changed in itself is not seen.
    """

    def __init__(self, containers, dicts, cells, content):
        self._containers, self._dicts, self._cells = containers, dicts, cells
        self._content = content
        self._sizes = list(map(len, containers))
        self._items = list(_chain(containers))
        self._dict_values = list(_chain(map(_values, dicts)))
        self._contents = list(map(content, cells))

    def same(self):
        """Whether all of it is still there, in its order, and nothing else."""
        return (
            list(map(len, self._containers)) == self._sizes
            and all(map(_is, _chain(self._containers), self._items))
            and all(map(_is, _chain(map(_values, self._dicts)), self._dict_values))
            and all(map(_is, map(self._content, self._cells), self._contents))
        )
