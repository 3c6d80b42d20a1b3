"""What the modules of the targets hold beyond one call: tables, registries, attributes of classes and objects.

An input that changes them would answer for the inputs after it in the same process. They are put back after each. To look
through them costs more than most inputs: it is done once, before the fork, and afterwards only what changed is taken again.
"""

import collections
import operator
import types

from patchdiff_probe import reading, safe

__builtins__ = safe.BUILTINS
os = safe.os

# What is larger is not looked at: it would cost more than the inputs themselves.
MOST_ITEMS = 500
MOST_IN_ALL = 1000
MOST_CONTAINERS = 120
MOST_DEPTH = 3

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
    """One container and what it held."""

    def __init__(self, container, kind, depth):
        self.container = container
        self.depth = depth
        self.is_dict = kind is _CONTAINERS[dict]
        self._take, self._refill = kind
        self.items = self._first = self._take(container)

    def changed(self):
        if len(self.container) != len(self.items[0]):
            return True
        if self.is_dict and not all(map(_is, self.container.values(), self.items[1])):
            return True
        return not all(map(_is, self.container, self.items[0]))

    def take(self):
        self.items = self._take(self.container)

    def restore(self):
        self._refill(self.container, self.items)

    def forget(self):
        self.items = self._first


class Tables:
    """The containers that the modules of ``files``, and those they import from, hold in themselves, classes and objects."""

    def __init__(self, root, files):
        # Paths as they are: to resolve those of all modules would cost more than the program. And before code under test
        # is run, which may replace what `os.path` uses.
        self._roots = tuple({os.path.abspath(root) + os.sep, os.path.realpath(root) + os.sep})
        self._files = files
        self._loaded = 0
        self._saved = []
        self._seen = set()
        self._left = MOST_IN_ALL
        self._modules = set()
        # The names of the watched modules and what they stood for.
        self._names = []

    def take(self):
        """Remember everything as it is now."""
        for saved in list(self._saved):
            if saved.changed():
                saved.take()
                self._visit_all(saved)
        if self._loaded != len(safe.MODULES):
            self._loaded = len(safe.MODULES)
            self._watch(modules_of(self._roots, self._files))

    def restore(self):
        """Put back what was changed since. Runs code of keys and items, which may raise anything."""
        for saved in self._saved:
            if saved.changed():
                saved.restore()

    def reset(self):
        """Put back what was changed since it was first seen, and what the names of the modules stood for.

        Names that are new stay: they may be submodules that were imported. As ``restore`` otherwise.
        """
        for names, first in self._names:
            names.update(first)
        for saved in self._saved:
            saved.forget()
        self.restore()

    def _watch(self, modules):
        new = [module for module in modules if reading.module_dict(module).get("__name__") not in self._modules]
        self._modules.update(reading.module_dict(module).get("__name__") for module in new)
        for module in new:
            names = reading.module_dict(module)
            self._names.append((names, dict(names)))
            for name, value in list(names.items()):
                if name[:2] != "__":
                    self._visit(value, 0)

    def _visit(self, value, depth):
        kind = _CONTAINERS.get(type(value))
        if kind is not None:
            self._save(value, kind, depth)
        elif reading.is_class(value):
            if reading.class_module(value) in self._modules and id(value) not in self._seen:
                self._seen.add(id(value))
                for name, item in list(reading.own(value).items()):
                    if name[:2] != "__":
                        self._visit(item, depth + 1)
        elif reading.class_module(type(value)) in self._modules:
            state = _instance_dict(value)
            if state is not None:
                self._save(state, _CONTAINERS[dict], depth)

    def _save(self, container, kind, depth):
        size = len(container)
        if depth > MOST_DEPTH or size > min(MOST_ITEMS, self._left) or id(container) in self._seen:
            return
        if len(self._saved) >= MOST_CONTAINERS:
            return
        self._seen.add(id(container))
        self._left -= size + 1
        saved = _Saved(container, kind, depth)
        self._saved.append(saved)
        self._visit_all(saved)

    def _visit_all(self, saved):
        for item in saved.items[-1]:
            self._visit(item, saved.depth + 1)


def _instance_dict(value):
    """The dictionary of an instance, without asking its class for it."""
    for base in reading.mro(type(value)):
        member = reading.own(base).get("__dict__")
        if type(member) is types.GetSetDescriptorType:
            state = member.__get__(value)
            return state if type(state) is dict else None
    return None


def modules_of(roots, files):
    """The loaded modules whose source is one of ``files``, given relative to ``roots``; then those they import from."""
    paths = {inside + file for inside in roots for file in files}
    own = [module for module in list(safe.MODULES.values()) if _file(module) in paths]
    names = {reading.module_dict(module).get("__name__") for module in own}
    for module in own:
        for value in list(reading.module_dict(module).values()):
            if type(value) is types.ModuleType:
                names.add(reading.module_dict(value).get("__name__"))
            elif type(value) is types.FunctionType:
                names.add(value.__module__)
            elif reading.is_class(value):
                names.add(reading.class_module(value))
    found = [safe.MODULES.get(name) for name in sorted(name for name in names if type(name) is str)]
    return own + [module for module in found if module not in own and _file(module).startswith(roots)]


def _file(module):
    """The path of a module's source; empty where it has none."""
    path = reading.module_dict(module).get("__file__") if type(module) is types.ModuleType else None
    return path if type(path) is str else ""
