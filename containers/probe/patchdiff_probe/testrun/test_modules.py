"""Imports test files as pytest does: by their dotted name below the first directory that is not a package."""

import importlib
import sys

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os


def import_file(path):
    """The module of a test file. Raises whatever its import raises."""
    path = os.path.realpath(path)
    folder, name = os.path.split(path)
    parts = [os.path.splitext(name)[0]]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    if folder not in map(os.path.realpath, sys.path):
        sys.path.insert(0, folder)
    if parts[-1] == "__init__":
        parts.pop()
    name = ".".join(parts)
    module = importlib.import_module(name)
    if os.path.realpath(getattr(module, "__file__", None) or "") != path:
        # Another test file of the same base name was imported before.
        del sys.modules[name]
        sys.path.insert(0, folder)
        module = importlib.import_module(name)
    return module
