"""Saves and restores the containers that objects lead to: lists, dictionaries, attributes, closures."""

import collections
import functools
import operator
import sys
import types

from patchdiff_probe import safe
from patchdiff_probe.state import counters
from patchdiff_probe.state.change_check import ChangeCheck
from patchdiff_probe.values import reading

__builtins__ = safe.BUILTINS

# What is larger is not saved: that would cost more than the inputs themselves.
MAX_ITEMS = 500
MAX_DEPTH = 3
MAX_CELLS = 200

# A closure's variables can be assigned from 3.7.
_CELLS_ARE_WRITABLE = sys.version_info >= (3, 7)
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


def _read_dict(found):
    return list(found), list(found.values())


def _read_items(found):
    return (list(found),)


# exact type -> (function that gives its items as lists, the values last; function that puts them back)
_CONTAINERS = dict.fromkeys(_DICTS, (_read_dict, _refill_dict))
_CONTAINERS.update(
    {
        list: (_read_items, _refill_list),
        set: (_read_items, _refill_set),
        collections.deque: (_read_items, _refill_deque),
    }
)


class _SavedContainer:
    """One container and its items: as last saved, and as first saved."""

    cell = None

    def __init__(self, container, kind, depth):
        self.container = container
        self.depth = depth
        self.is_dict = type(container) is dict
        self._read, self._refill = kind
        self.save()
        self._first = self.items, self._counters

    def changed(self):
        if len(self.container) != len(self.items[0]):
            return True
        if self.is_dict and not all(map(_is, self.container.values(), self.items[1])):
            return True
        if not all(map(_is, self.container, self.items[0])):
            return True
        return any(counters.read(self.items[-1][index]) != text for index, text in self._counters)

    def has_counters(self):
        """Whether it holds counters, which change without another item being put there."""
        return bool(self._counters)

    def save(self):
        self.items = self._read(self.container)
        self._counters = counters.read_all(self.items[-1])

    def restore(self):
        for index, text in self._counters:
            if counters.read(self.items[-1][index]) != text:
                self.items[-1][index] = counters.counter(text)
        self._refill(self.container, self.items)

    def return_to_first(self):
        self.items, self._counters = self._first


class _SavedCell:
    """A variable of a closure and its value."""

    container = None

    def __init__(self, cell, depth):
        self.depth = depth
        self.cell = cell
        self.save()
        self._first = self._value

    def changed(self):
        return _content(self.cell) is not self._value

    def has_counters(self):
        return False

    def save(self):
        self._value = _content(self.cell)
        self.items = ([self._value],)

    def restore(self):
        if _CELLS_ARE_WRITABLE and self._value is not _EMPTY:
            self.cell.cell_contents = self._value

    def return_to_first(self):
        self._value = self._first


class SavedContainers:
    """All containers that can be reached from some objects, up to ``max_containers`` with ``max_items`` in
    all.

    Classes and objects are searched where their class belongs to one of ``modules``, a set of names that may
    grow. ``excluded``: ids of objects that another instance saves.
    """

    def __init__(self, modules, max_containers, max_items, excluded=frozenset()):
        self.seen = set()
        self._modules = modules
        self._excluded = excluded
        self._saved = []
        self._containers_left = max_containers
        self._items_left = max_items
        self._cells_left = MAX_CELLS
        # Whether anything but a counter differs from what was last saved; None where this check is out of
        # date.
        self._check = None
        self._with_counters = []
        # Whether something was saved again since it was first saved.
        self._saved_again = False

    def find_counters(self, names, assign):
        """Save the counters among names, such as those of a module; ``assign(name, value)`` sets one."""
        saved = counters.SavedCounters(names, assign)
        if saved.states:
            self._add(saved)

    def find(self, value, depth=0):
        """Save the containers that a value leads to; False where values of its kind never lead to any."""
        kind = _CONTAINERS.get(type(value))
        if kind is not None:
            self._save(value, kind, depth)
        elif type(value) is types.FunctionType:
            cells = _closure(value)
            if not cells:
                return False
            for cell in cells if depth < MAX_DEPTH else ():
                self._save_cell(cell, depth)
        elif reading.is_class(value):
            if reading.class_module(value) not in self._modules:
                return False
            if self._is_new(value):
                self.seen.add(id(value))
                self.find_counters(reading.class_dict(value), functools.partial(type.__setattr__, value))
                for name, item in list(reading.class_dict(value).items()):
                    if name[:2] != "__":
                        self.find(item, depth + 1)
        elif reading.class_module(type(value)) in self._modules:
            state = _instance_dict(value)
            if state is not None:
                self._save(state, _CONTAINERS[dict], depth)
        else:
            return False
        return True

    def save(self):
        """Remember everything as it is now."""
        for saved in self._changed():
            self._check = None
            self._saved_again = True
            saved.save()
            self._find_inside(saved)
        if self._check is None:
            self._renew_check()

    def restore(self):
        """Put back what has changed since it was last saved.

        Runs code of keys and items, which may raise anything.
        """
        for saved in self._changed():
            self._check = None
            saved.restore()

    def reset(self):
        """Put back what has changed since it was first saved. As ``restore`` otherwise."""
        if self._saved_again:
            self._check = None
            self._saved_again = False
            for saved in self._saved:
                saved.return_to_first()
        self.restore()

    def _changed(self):
        """What differs from its last saved state."""
        if self._check is not None and self._check.unchanged():
            return [saved for saved in self._with_counters if saved.changed()]
        changed = [saved for saved in self._saved if saved.changed()]
        if not changed:
            self._renew_check()
        return changed

    def _renew_check(self):
        self._with_counters = [saved for saved in self._saved if saved.has_counters()]
        containers = [saved for saved in self._saved if saved.container is not None]
        self._check = ChangeCheck(
            [saved.container for saved in containers],
            [saved.container for saved in containers if saved.is_dict],
            [saved.cell for saved in self._saved if saved.cell is not None],
            _content,
        )

    def _add(self, saved):
        self._check = None
        self._saved.append(saved)

    def _is_new(self, value):
        return id(value) not in self.seen and id(value) not in self._excluded

    def _save(self, container, kind, depth):
        size = len(container)
        if depth > MAX_DEPTH or size > min(MAX_ITEMS, self._items_left) or not self._is_new(container):
            return
        if self._containers_left == 0:
            return
        self.seen.add(id(container))
        self._containers_left -= 1
        self._items_left -= size + 1
        saved = _SavedContainer(container, kind, depth)
        self._add(saved)
        self._find_inside(saved)

    def _save_cell(self, cell, depth):
        if self._cells_left == 0 or not self._is_new(cell):
            return
        self.seen.add(id(cell))
        self._cells_left -= 1
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
        member = reading.class_dict(base).get("__dict__")
        if type(member) is types.GetSetDescriptorType:
            state = member.__get__(value)
            return state if type(state) is dict else None
    return None
