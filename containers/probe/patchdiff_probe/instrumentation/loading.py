"""The import hook: modules that an instrumenter chooses are loaded from their source, with marks put into the
syntax tree.

Nothing is cached, and a file that cannot be instrumented is loaded as usual.
"""

import ast
import importlib.machinery
import sys

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os

_parse = ast.parse
_PathFinder = importlib.machinery.PathFinder
_SourceFileLoader = importlib.machinery.SourceFileLoader


class Loader(_SourceFileLoader):
    """Loads one file from its source, never from a cache. ``file``: its name in the tree."""

    def __init__(self, fullname, path, file, instrumenter):
        super().__init__(fullname, path)
        self.file = file
        self.instrumenter = instrumenter

    def get_code(self, fullname):
        """The instrumented code of the module; the ordinary code when that fails."""
        source = self.read_source()
        try:
            tree = _parse(source, self.path)
            self.instrumenter.instrument(tree, self.file)
            code = compile(tree, self.path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError):
            return compile(source, self.path, "exec", dont_inherit=True)
        self.instrumenter.instrumented(self.file)
        return code

    def read_source(self):
        """The bytes of the file."""
        return self.get_data(self.path)


class Instrumenter:
    """Says which modules are instrumented, and how. Subclasses override what they need."""

    loader = Loader

    def install(self):
        """Instrument what is imported from now on."""
        sys.meta_path.insert(0, _Finder(self))

    def may_instrument(self, fullname):
        """A cheap check by a module's name: False where it is certainly not to be instrumented."""
        return True

    def file_of(self, path):
        """The name in the tree of the file at a path without links.

        None where it is not to be instrumented.
        """
        raise NotImplementedError

    def instrument(self, tree, file):
        """Insert marks into the syntax tree of a file."""
        raise NotImplementedError

    def instrumented(self, file):
        """Called when the marked tree of a file could be compiled."""


class _Finder:
    """A meta-path finder for the modules of an instrumenter; leaves all others to the finders after it."""

    def __init__(self, instrumenter):
        self._instrumenter = instrumenter

    def find_spec(self, fullname, path=None, target=None):
        """The spec of a module with a loader that instruments; None for any other module."""
        if not self._instrumenter.may_instrument(fullname):
            return None
        spec = _PathFinder.find_spec(fullname, path, target)
        if spec is None or not spec.has_location or type(spec.loader) is not _SourceFileLoader:
            return None
        file = self._instrumenter.file_of(os.path.realpath(spec.origin))
        if file is None:
            return None
        spec.loader = self._instrumenter.loader(fullname, spec.origin, file, self._instrumenter)
        return spec
