"""The import hook: modules that an instrumenter chooses are loaded from their source, with marks put into the
syntax tree.

Nothing is cached, and a file that cannot be instrumented is loaded as usual.
"""

import ast
import importlib.machinery
import sys
import types

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os

_parse = ast.parse
_PathFinder = importlib.machinery.PathFinder
_SourceFileLoader = importlib.machinery.SourceFileLoader
_ModuleType = types.ModuleType
_OF_EVERY_CLASS = ("__dict__", "__weakref__")


class Loader(_SourceFileLoader):
    """Loads one file from its source, never from a cache. ``file``: its name in the tree."""

    def __init__(self, fullname, path, file, instrumenter):
        super().__init__(fullname, path)
        self.file = file
        self.instrumenter = instrumenter

    def get_code(self, fullname):
        """The instrumented code of the module; the ordinary code when that fails."""
        self._give_way(fullname)
        source = self.read_source()
        try:
            tree = _parse(source, self.path)
            self.instrumenter.instrument(tree, self.file)
            code = compile(tree, self.path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError):
            return compile(source, self.path, "exec", dont_inherit=True)
        self.instrumenter.instrumented(self.file)
        return code

    def _give_way(self, fullname):
        """Let the module name the loader that it would have had."""
        module = safe.MODULES.get(fullname)
        if type(module) is _ModuleType and module.__spec__ is not None:
            plain = _SourceFileLoader(fullname, self.path)
            module.__loader__ = module.__spec__.loader = plain

    def read_source(self):
        """The bytes of the file."""
        return self.get_data(self.path)


class Instrumenter:
    """Says which modules are instrumented, and how. Subclasses override what they need."""

    loader = Loader

    def install(self):
        """Instrument what is imported from now on.

        In the place of the finder that would have found it, and of its name, so that code under test finds
        the finders it would find anywhere.
        """
        finders = [index for index, one in enumerate(sys.meta_path) if one is _PathFinder]
        if finders:
            sys.meta_path[finders[0]] = _finder_for(self)
        else:
            sys.meta_path.insert(0, _finder_for(self))

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


def _finder_for(instrumenter):
    """A path finder whose specs have, for the modules of an instrumenter, a loader that instruments.

    It has all that the ordinary one has as its own, since libraries delete some of that.
    """

    def find_spec(cls, fullname, path=None, target=None):
        spec = _PathFinder.find_spec(fullname, path, target)
        if spec is None or not spec.has_location or type(spec.loader) is not _SourceFileLoader:
            return spec
        if not instrumenter.may_instrument(fullname):
            return spec
        file = instrumenter.file_of(os.path.realpath(spec.origin))
        if file is not None:
            spec.loader = instrumenter.loader(fullname, spec.origin, file, instrumenter)
        return spec

    members = {name: member for name, member in vars(_PathFinder).items() if name not in _OF_EVERY_CLASS}
    members["find_spec"] = classmethod(find_spec)
    return type(_PathFinder.__name__, (), members)
