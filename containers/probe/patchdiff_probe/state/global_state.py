"""State that outlives one call in the modules of the targets and the variables of a program.

That is what their containers, classes, objects, closures and counters hold. It is put back after each input,
as otherwise an input could change what later inputs in the same process do. Searching for it costs more than
most inputs do: for the modules it is done once, before the fork, and afterwards only what changed is saved
again.
"""

import types

from patchdiff_probe import safe
from patchdiff_probe.state.containers import SavedContainers
from patchdiff_probe.values import reading
from patchdiff_probe.values.names import NAMESPACE

__builtins__ = safe.BUILTINS
os = safe.os

MAX_CONTAINERS = 120
MAX_ITEMS = 1000
# The same for the variables of a program.
MAX_CONTAINERS_IN_VARIABLES = 60
MAX_ITEMS_IN_VARIABLES = 500


class GlobalState:
    """The state of the program's variables, the modules of ``files`` and the modules they import from."""

    def __init__(self, root, files):
        # Both spellings of the root, as resolving the paths of all modules would cost more than the program
        # does. Done before code under test is run, which may replace what `os.path` uses.
        self._roots = tuple({os.path.abspath(root) + os.sep, os.path.realpath(root) + os.sep})
        self._files = files
        self._loaded = 0
        self._modules = {NAMESPACE}
        self._in_modules = SavedContainers(self._modules, MAX_CONTAINERS, MAX_ITEMS)
        # The dictionaries of the watched modules, each with a copy of what it held at first.
        self._module_dicts = []
        self._namespace = None
        self._variables = {}
        self._in_variables = None
        # Variables that hold nothing to save, by name: most set-ups import the same ones.
        self._without_state = {}

    def save(self):
        """Remember everything as it is now."""
        module = safe.MODULES.get(NAMESPACE)
        loaded = len(safe.MODULES) - (module is not None)
        if self._loaded != loaded:
            self._loaded = loaded
            self._watch(modules_of(self._roots, self._files))
        self._in_modules.save()
        if type(module) is types.ModuleType:
            self._save_variables(reading.module_dict(module))

    def restore(self):
        """Put back what has changed since it was last saved.

        Runs code of keys and items, which may raise anything.
        """
        self._in_modules.restore()
        if self._in_variables is not None:
            self._in_variables.restore()

    def reset(self):
        """Put back what has changed since it was first saved, and the objects that the names of the modules
        stood for.

        New names stay: they may be submodules that were imported. As ``restore`` otherwise.
        """
        for names, first in self._module_dicts:
            names.update(first)
        self._in_modules.reset()

    def _save_variables(self, namespace):
        if namespace is not self._namespace:
            self._namespace = namespace
            self._variables = {}
            self._in_variables = SavedContainers(
                self._modules, MAX_CONTAINERS_IN_VARIABLES, MAX_ITEMS_IN_VARIABLES, self._in_modules.seen
            )
        known, self._variables = self._variables, dict(namespace)
        for name, value in self._variables.items():
            if known.get(name) is value or self._without_state.get(name) is value:
                continue
            if type(name) is str and name[:2] != "__" and not self._in_variables.find(value):
                self._without_state[name] = value
        self._in_variables.save()

    def _watch(self, modules):
        new = [
            module for module in modules if reading.module_dict(module).get("__name__") not in self._modules
        ]
        self._modules.update(reading.module_dict(module).get("__name__") for module in new)
        self._without_state = {}
        for module in new:
            names = reading.module_dict(module)
            self._module_dicts.append((names, dict(names)))
            self._in_modules.find_counters(names, names.__setitem__)
            for name, value in list(names.items()):
                if name[:2] != "__":
                    self._in_modules.find(value)


def modules_of(roots, files):
    """The loaded modules whose source is one of ``files``, given relative to ``roots``.

    Then those they import from.
    """
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
