"""Marks at the entry of changed functions, classes and modules (the targets), and at branches."""

import builtins
import zlib

from patchdiff_probe import safe
from patchdiff_probe.instrumentation import marks
from patchdiff_probe.instrumentation.branches import branches
from patchdiff_probe.instrumentation.loading import Instrumenter

__builtins__ = safe.BUILTINS
os = safe.os

MODULE = "<module>"
# Names that code under test cannot know, the same on all sides: made of the hash seed of the run.
_KEY = zlib.crc32(os.environ.get("PYTHONHASHSEED", "").encode("utf-8"))
_HIT_MARK = "_%08x" % (_KEY ^ 1)
_BRANCH_MARK = "_%08x" % (_KEY ^ 2)


class Hits:
    """The targets entered so far, and the branches taken in them.

    ``bodies``: the marks of classes and modules, which run once, when those are created.
    """

    def __init__(self):
        self.entered = set()
        self.bodies = set()
        self._branches = set()

    def install(self):
        """Make the mark functions known to instrumented code."""
        setattr(builtins, _HIT_MARK, self.entered.add)
        setattr(builtins, _BRANCH_MARK, self._branches.add)

    def take(self):
        """The targets entered since the last call."""
        taken = set(self.entered)
        self.entered.clear()
        return taken

    def take_branches(self):
        """The branches taken since the last call."""
        taken = set(self._branches)
        self._branches.clear()
        return taken


class TargetInstrumenter(Instrumenter):
    """Marks the targets of one side: ``{"file", "qualnames"}`` each, below ``root``."""

    def __init__(self, root, targets, hits):
        self._files = {}
        self._qualnames = {}
        self._hits = hits
        for target in targets:
            path = os.path.realpath(os.path.join(root, target["file"]))
            self._files[path] = target["file"]
            self._qualnames[target["file"]] = frozenset(target["qualnames"])
        self._names = {_module_name(path) for path in self._files}

    def install(self):
        """Instrument what is imported from now on, where there are targets."""
        if self._files:
            super().install()

    def may_instrument(self, fullname):
        """Whether a target's file has the name of the module."""
        return fullname.rpartition(".")[2] in self._names

    def file_of(self, path):
        """The target's file at a path, or None."""
        return self._files.get(path)

    def instrument(self, tree, file):
        """Insert marks at the entry of the targets of a file, and at their branches."""
        qualnames = self._qualnames[file]
        for node, name in marks.definitions(tree):
            name = name or MODULE
            if name not in qualnames:
                continue
            identity = "%s::%s" % (file, name)
            if isinstance(node, marks.FUNCTIONS):
                for body, branch in branches(node):
                    marks.insert(body, 0, _BRANCH_MARK, branch)
            else:
                self._hits.bodies.add(identity)
            marks.insert_at_entry(node.body, _HIT_MARK, identity)


def _module_name(path):
    folder, name = os.path.split(path)
    stem = name.rpartition(".")[0]
    return os.path.basename(folder) if stem == "__init__" else stem
