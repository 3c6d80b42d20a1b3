"""What the modules of the targets and the variables of a program hold beyond one call: tables, registries, attributes of
classes and objects, what closures keep, what modules and classes count.

An input that changes them would answer for the inputs after it in the same process. They are put back after each. To look
through them costs more than most inputs: for the modules it is done once, before the fork, and afterwards only what changed
is taken again.
"""

import types

from patchdiff_probe import reading, safe
from patchdiff_probe.held import Held
from patchdiff_probe.names import NAMESPACE

__builtins__ = safe.BUILTINS
os = safe.os

MOST_IN_ALL = 1000
MOST_CONTAINERS = 120
# The same for the variables of a program.
MOST_IN_VARIABLES = 500
MOST_CONTAINERS_IN_VARIABLES = 60


class Tables:
    """The containers that the modules of ``files``, and those they import from, hold in themselves, classes and objects.

    And those that the variables of the program hold.
    """

    def __init__(self, root, files):
        # Paths as they are: to resolve those of all modules would cost more than the program. And before code under test
        # is run, which may replace what `os.path` uses.
        self._roots = tuple({os.path.abspath(root) + os.sep, os.path.realpath(root) + os.sep})
        self._files = files
        self._loaded = 0
        self._modules = {NAMESPACE}
        self._own = Held(self._modules, MOST_CONTAINERS, MOST_IN_ALL)
        # The names of the watched modules and what they stood for.
        self._names = []
        self._namespace = None
        self._variables = {}
        self._in_variables = None
        # Variables that hold nothing to look through, as in most set-ups the same are imported.
        self._plain = {}

    def take(self):
        """Remember everything as it is now."""
        module = safe.MODULES.get(NAMESPACE)
        loaded = len(safe.MODULES) - (module is not None)
        if self._loaded != loaded:
            self._loaded = loaded
            self._watch(modules_of(self._roots, self._files))
        self._own.take()
        if type(module) is types.ModuleType:
            self._take_variables(reading.module_dict(module))

    def restore(self):
        """Put back what was changed since. Runs code of keys and items, which may raise anything."""
        self._own.restore()
        if self._in_variables is not None:
            self._in_variables.restore()

    def reset(self):
        """Put back what was changed since it was first seen, and what the names of the modules stood for.

        Names that are new stay: they may be submodules that were imported. As ``restore`` otherwise.
        """
        for names, first in self._names:
            names.update(first)
        self._own.reset()

    def _take_variables(self, namespace):
        if namespace is not self._namespace:
            self._namespace = namespace
            self._variables = {}
            self._in_variables = Held(
                self._modules, MOST_CONTAINERS_IN_VARIABLES, MOST_IN_VARIABLES, self._own.seen
            )
        known, self._variables = self._variables, dict(namespace)
        for name, value in self._variables.items():
            if known.get(name) is value or self._plain.get(name) is value:
                continue
            if type(name) is str and name[:2] != "__" and not self._in_variables.find(value):
                self._plain[name] = value
        self._in_variables.take()

    def _watch(self, modules):
        new = [module for module in modules if reading.module_dict(module).get("__name__") not in self._modules]
        self._modules.update(reading.module_dict(module).get("__name__") for module in new)
        self._plain = {}
        for module in new:
            names = reading.module_dict(module)
            self._names.append((names, dict(names)))
            self._own.find_counts(names, names.__setitem__)
            for name, value in list(names.items()):
                if name[:2] != "__":
                    self._own.find(value)


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
