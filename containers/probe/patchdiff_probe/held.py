"""Containers found from one object to the next, and what they held: lists and tables, attributes, what closures keep."""

import collections
import functools
import operator
import sys
import types

from patchdiff_probe import counts, reading, safe
from patchdiff_probe.glance import Glance

__builtins__ = safe.BUILTINS

# What is larger is not looked at: it would cost more than the inputs themselves.
MOST_ITEMS = 500
MOST_DEPTH = 3
MOST_CELLS = 200

# A closure's variables can be assigned from 3.7.
_CELLS_CHANGE = sys.version_info >= (3, 7)
_EMPTY = object()
_closure = vars(types.FunctionType)["__closure__"].__get__
_is = operator.is_
_DICTS = (dict, collections.OrderedDict, collections.defaultdict)


def _refill_dict(found, items):
    found.clear()
    for key, value in zip(*items):
        found[key] = value


def _refill_list(found, items):
    found[:] = items[0]


def _refill_set(found, items):
    found.clear()
    found.update(items[0])


def _refill_deque(found, items):
    found.clear()
    found.extend(items[0])


def _take_dict(found):
    return list(found), list(found.values())


def _take_items(found):
    return (list(found),)


# exact type -> (its items as lists, the values last; how to put them back)
_CONTAINERS = {cls: (_take_dict, _refill_dict) for cls in _DICTS}
_CONTAINERS.update(
    {
        list: (_take_items, _refill_list),
        set: (_take_items, _refill_set),
        collections.deque: (_take_items, _refill_deque),
    }
)


class _Saved:
    """One container and what it held: as it was last taken, and as it was first seen."""

    cell = None

    def __init__(self, container, kind, depth):
        self.container = container
        self.depth = depth
        self.is_dict = kind is _CONTAINERS[dict]
        self._take, self._refill = kind
        self.take()
        self._first = self.items, self._counters

    def changed(self):
        if len(self.container) != len(self.items[0]):
            return True
        if self.is_dict and not all(map(_is, self.container.values(), self.items[1])):
            return True
        if not all(map(_is, self.container, self.items[0])):
            return True
        return any(counts.read(self.items[-1][place]) != text for place, text in self._counters)

    def counts(self):
        """Whether something in it counts, which changes it without putting another item there."""
        return bool(self._counters)

    def take(self):
        self.items = self._take(self.container)
        self._counters = counts.counters(self.items[-1])

    def restore(self):
        for place, text in self._counters:
            if counts.read(self.items[-1][place]) != text:
                self.items[-1][place] = counts.counter(text)
        self._refill(self.container, self.items)

    def forget(self):
        self.items, self._counters = self._first


class _SavedCell:
    """A variable that a closure keeps, and what it was."""

    container = None

    def __init__(self, cell, depth):
        self.depth = depth
        self.cell = cell
        self.take()
        self._first = self._kept

    def changed(self):
        return _content(self.cell) is not self._kept

    def counts(self):
        return False

    def take(self):
        self._kept = _content(self.cell)
        self.items = ([self._kept],)

    def restore(self):
        if _CELLS_CHANGE and self._kept is not _EMPTY:
            self.cell.cell_contents = self._kept

    def forget(self):
        self._kept = self._first


class Held:
    """Everything found from some objects on, up to ``most_containers`` with ``most_items`` in all.

    Classes and objects are looked into where their class belongs to one of ``modules``, a set of names that may grow;
    what is in ``besides`` is somebody else's.
    """

    def __init__(self, modules, most_containers, most_items, besides=frozenset()):
        self.seen = set()
        self._modules = modules
        self._besides = besides
        self._saved = []
        self._containers = most_containers
        self._items = most_items
        self._cells = MOST_CELLS
        # Of everything saved as it was last taken, but for what counts; None where that is out of date.
        self._glance = None
        self._counting = []
        # Whether something was taken again since it was first seen.
        self._moved = False

    def find_counts(self, names, put):
        """Save the whole numbers and counters among names, such as those of a module; ``put`` assigns one."""
        saved = counts.SavedCounts(names, put)
        if saved.kept:
            self._add(saved)

    def find(self, value, depth=0):
        """Look for containers in a value and save them; False where values of its kind have none, wherever they stand."""
        kind = _CONTAINERS.get(type(value))
        if kind is not None:
            self._save(value, kind, depth)
        elif type(value) is types.FunctionType:
            cells = _closure(value)
            if not cells:
                return False
            for cell in cells if depth < MOST_DEPTH else ():
                self._save_cell(cell, depth)
        elif reading.is_class(value):
            if reading.class_module(value) not in self._modules:
                return False
            if self._is_new(value):
                self.seen.add(id(value))
                self.find_counts(reading.own(value), functools.partial(type.__setattr__, value))
                for name, item in list(reading.own(value).items()):
                    if name[:2] != "__":
                        self.find(item, depth + 1)
        elif reading.class_module(type(value)) in self._modules:
            state = _instance_dict(value)
            if state is not None:
                self._save(state, _CONTAINERS[dict], depth)
        else:
            return False
        return True

    def take(self):
        """Remember everything as it is now."""
        for saved in self._changed():
            self._glance = None
            self._moved = True
            saved.take()
            self._find_inside(saved)
        if self._glance is None:
            self._look()

    def restore(self):
        """Put back what was changed since. Runs code of keys and items, which may raise anything."""
        for saved in self._changed():
            self._glance = None
            saved.restore()

    def reset(self):
        """Put back what was changed since it was first seen. As ``restore`` otherwise."""
        if self._moved:
            self._glance = None
            self._moved = False
            for saved in self._saved:
                saved.forget()
        self.restore()

    def _changed(self):
        """What differs from what was last taken of it."""
        if self._glance is not None and self._glance.same():
            return [saved for saved in self._counting if saved.changed()]
        changed = [saved for saved in self._saved if saved.changed()]
        if not changed:
            self._look()
        return changed

    def _look(self):
        self._counting = [saved for saved in self._saved if saved.counts()]
        containers = [saved for saved in self._saved if saved.container is not None]
        self._glance = Glance(
            [saved.container for saved in containers],
            [saved.container for saved in containers if saved.is_dict],
            [saved.cell for saved in self._saved if saved.cell is not None],
            _content,
        )

    def _add(self, saved):
        self._glance = None
        self._saved.append(saved)

    def _is_new(self, value):
        return id(value) not in self.seen and id(value) not in self._besides

    def _save(self, container, kind, depth):
        size = len(container)
        if depth > MOST_DEPTH or size > min(MOST_ITEMS, self._items) or not self._is_new(container):
            return
        if self._containers == 0:
            return
        self.seen.add(id(container))
        self._containers -= 1
        self._items -= size + 1
        saved = _Saved(container, kind, depth)
        self._add(saved)
        self._find_inside(saved)

    def _save_cell(self, cell, depth):
        if self._cells == 0 or not self._is_new(cell):
            return
        self.seen.add(id(cell))
        self._cells -= 1
        saved = _SavedCell(cell, depth)
        self._add(saved)
        self._find_inside(saved)

    def _find_inside(self, saved):
        for item in saved.items[-1]:
            self.find(item, saved.depth + 1)


def _content(cell):
    try:
        return cell.cell_contents
    except ValueError:
        return _EMPTY


def _instance_dict(value):
    """The dictionary of an instance, without asking its class for it."""
    for base in reading.mro(type(value)):
        member = reading.own(base).get("__dict__")
        if type(member) is types.GetSetDescriptorType:
            state = member.__get__(value)
            return state if type(state) is dict else None
    return None
