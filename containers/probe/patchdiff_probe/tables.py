"""What the modules of the targets hold beyond one call: tables, registries, attributes of classes and objects.

An input that changes them would answer for the inputs after it in the same process. They are put back after each.
"""

import collections
import types

from patchdiff_probe import reading, safe

__builtins__ = safe.BUILTINS
os = safe.os

# What is larger is not looked at: it would cost more than the inputs themselves.
MOST_ITEMS = 1000
MOST_IN_ALL = 4000
MOST_DEPTH = 3

_DICTS = (dict, collections.OrderedDict, collections.defaultdict)


def _refill_dict(found, items):
    found.clear()
    for key, value in items:
        found[key] = value


def _refill_list(found, items):
    found[:] = items


def _refill_set(found, items):
    found.clear()
    found.update(items)


def _refill_deque(found, items):
    found.clear()
    found.extend(items)


def _pairs(found):
    return list(found.items())


# exact type -> (items as a list, how to put them back)
_CONTAINERS = {cls: (_pairs, _refill_dict) for cls in _DICTS}
_CONTAINERS.update(
    {
        list: (list, _refill_list),
        set: (list, _refill_set),
        collections.deque: (list, _refill_deque),
    }
)


class Tables:
    """The containers that modules, their classes and their objects hold, as they were when this was made."""

    def __init__(self, modules):
        self._saved = []  # (container, items, refill)
        self._seen = set()
        self._left = MOST_IN_ALL
        self._modules = {reading.module_dict(module)["__name__"] for module in modules}
        for module in modules:
            for name, value in list(reading.module_dict(module).items()):
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
        if depth > MOST_DEPTH or size > MOST_ITEMS or size > self._left or id(container) in self._seen:
            return
        self._seen.add(id(container))
        self._left -= size + 1
        take, refill = kind
        items = take(container)
        self._saved.append((container, items, take, refill))
        for item in items:
            self._visit(item[1] if take is _pairs else item, depth + 1)

    def restore(self):
        """Put back what was changed since. Runs code of keys and items, which may raise anything."""
        for container, items, take, refill in self._saved:
            if not _alike(take(container), items, take is _pairs):
                refill(container, items)


def _alike(now, before, pairs):
    if len(now) != len(before):
        return False
    if pairs:
        return all(a[0] is b[0] and a[1] is b[1] for a, b in zip(now, before))
    return all(a is b for a, b in zip(now, before))


def _instance_dict(value):
    """The dictionary of an instance, without asking its class for it."""
    for base in reading.mro(type(value)):
        member = reading.own(base).get("__dict__")
        if type(member) is types.GetSetDescriptorType:
            state = member.__get__(value)
            return state if type(state) is dict else None
    return None


def modules_of(root, files):
    """The loaded modules whose source is one of ``files``, given relative to ``root``, and those they import from."""
    # Paths as they are: to resolve those of all modules would cost more than the program.
    roots = tuple({os.path.abspath(root) + os.sep, os.path.realpath(root) + os.sep})
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
    return [module for module in found if _file(module).startswith(roots)]


def _file(module):
    """The path of a module's source; empty where it has none."""
    path = reading.module_dict(module).get("__file__") if type(module) is types.ModuleType else None
    return path if type(path) is str else ""
