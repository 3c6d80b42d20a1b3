"""Takes what names the probe out of an interpreter, before code under test is imported there.

A patch that can tell that it is observed may behave for the observer only. What is left (frames of the probe
around an input, say) is found by running inputs plainly, beside the probe.
"""

import sys
import types

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_PACKAGE = __name__.partition(".")[0]
_ModuleType = types.ModuleType
# What a module says of where it comes from.
_ORIGINS = ("__file__", "__path__", "__spec__", "__loader__", "__package__", "__cached__", "__doc__")
# The modules live on as the globals of their functions.
_hidden = []


def conceal():
    """Remove the probe from ``sys.modules`` and from the caches of the import system.

    Nothing of the probe can be imported in this process afterwards.
    """
    for name, module in list(safe.MODULES.items()):
        if name.partition(".")[0] != _PACKAGE and name != "__main__":
            continue
        _hidden.append(module)
        del safe.MODULES[name]
        for origin in _ORIGINS:
            vars(module).pop(origin, None)
        vars(module)["__name__"] = "__main__"
    safe.MODULES["__main__"] = _ModuleType("__main__")
    for path in list(sys.path_importer_cache):
        if type(path) is str and path.startswith(safe.PROBE_DIRECTORY):
            del sys.path_importer_cache[path]
