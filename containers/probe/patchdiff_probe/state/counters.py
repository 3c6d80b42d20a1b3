"""Whole numbers and ``itertools.count`` objects that code under test uses as counters, read and put back."""

import itertools
import re

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_count = itertools.count
# Asking a counter for its number advances it. Without that, the number can only be read from the repr.
_match = re.compile(r"count\((-?[0-9]+)(?:, (-?[0-9]+))?\)").fullmatch


def read(value):
    """The state of a counter: an int is its own, that of an ``itertools.count`` is a text.

    None for anything else.
    """
    if type(value) is int:
        return value
    if type(value) is not _count:
        return None
    try:
        text = repr(value)
    except Exception:  # raised by an object of the tested code that it counts with
        return None
    return text if _match(text) else None


def counter(text):
    """A new ``itertools.count`` in the state that ``read`` gave."""
    return _count(*(int(number) for number in _match(text).groups() if number is not None))


def read_all(items):
    """The ``itertools.count`` objects among items, as pairs of index and state."""
    found = [(index, read(item)) for index, item in enumerate(items) if type(item) is _count]
    return [(index, text) for index, text in found if text is not None]


class SavedCounters:
    """The counters among the names of a module or class; ``assign(name, value)`` sets one of these names."""

    items = ((),)
    depth = 0
    container = cell = None

    def __init__(self, names, assign):
        self._names = names
        self._assign = assign
        self.save()
        self._first = self.states

    def has_counters(self):
        """Whether it has to be asked on its own whether it changed."""
        return True

    def changed(self):
        """Whether a counter differs from what was last saved."""
        return any(read(self._names.get(name)) != state for name, state in self.states)

    def save(self):
        """Remember the counters as they are now."""
        read_names = [(name, read(value)) for name, value in list(self._names.items()) if type(name) is str]
        self.states = [(name, state) for name, state in read_names if state is not None and name[:2] != "__"]

    def restore(self):
        """Put back what was last saved."""
        for name, state in self.states:
            if read(self._names.get(name)) != state:
                self._assign(name, counter(state) if type(state) is str else state)

    def return_to_first(self):
        """Make what was saved first count as saved last."""
        self.states = self._first
