"""Whole numbers and ``itertools.count`` objects that code under test counts with, read and put back."""

import itertools
import re

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_count = itertools.count
# A counter moves on when it is asked. What it is at can only be read from its repr.
_match = re.compile(r"count\((-?[0-9]+)(?:, (-?[0-9]+))?\)").fullmatch


def read(value):
    """What a whole number or a counter of such is at, the latter as text; None for anything else."""
    if type(value) is int:
        return value
    if type(value) is not _count:
        return None
    try:
        text = repr(value)
    except Exception:  # of the object that it counts with
        return None
    return text if _match(text) else None


def counter(text):
    """A new counter that is at what ``read`` gave."""
    return _count(*(int(number) for number in _match(text).groups() if number is not None))


def counters(items):
    """The counters among items: where each is, and what it is at."""
    found = [(place, read(item)) for place, item in enumerate(items) if type(item) is _count]
    return [(place, text) for place, text in found if text is not None]


class SavedCounts:
    """The whole numbers and counters among the names of a module or class, which ``put`` assigns."""

    items = ((),)
    depth = 0
    container = cell = None

    def __init__(self, names, put):
        self._names = names
        self._put = put
        self.take()
        self._first = self.kept

    def counts(self):
        return True

    def changed(self):
        return any(read(self._names.get(name)) != state for name, state in self.kept)

    def take(self):
        counted = [(name, read(value)) for name, value in list(self._names.items()) if type(name) is str]
        self.kept = [(name, state) for name, state in counted if state is not None and name[:2] != "__"]

    def restore(self):
        for name, state in self.kept:
            if read(self._names.get(name)) != state:
                self._put(name, counter(state) if type(state) is str else state)

    def forget(self):
        self.kept = self._first
