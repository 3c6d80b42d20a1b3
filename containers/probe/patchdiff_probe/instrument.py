"""Marks at the entry of changed functions, classes and modules and of functions' branches, put in at import by syntax tree.

Line numbers stay as they are and nothing is cached. When a file cannot be instrumented it is loaded as usual.
"""

import ast
import builtins
import importlib.machinery
import sys

from patchdiff_probe import safe
from patchdiff_probe.branches import branches

__builtins__ = safe.BUILTINS
os = safe.os

MODULE = "<module>"
_MARK = "__patchdiff_hit__"
_BRANCH_MARK = "__patchdiff_branch__"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_parse = ast.parse
_walk_children = ast.iter_child_nodes


class Hits:
    """The targets entered so far, and the branches taken in them.

    Marks of classes and modules run once, when those are created.
    """

    def __init__(self):
        self.entered = set()
        self.bodies = set()
        self._branches = set()

    def install(self):
        """Make the mark functions known to instrumented code."""
        setattr(builtins, _MARK, self.entered.add)
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


class TargetFinder:
    """A meta-path finder that instruments the target files and leaves all others to the finders after it."""

    def __init__(self, root, targets, hits):
        self._files = {}
        self._hits = hits
        for target in targets:
            path = os.path.realpath(os.path.join(root, target["file"]))
            self._files[path] = (target["file"], frozenset(target["qualnames"]))
        self._names = {_module_name(path) for path in self._files}

    def install(self):
        """Put the finder before all others."""
        if self._files:
            sys.meta_path.insert(0, self)

    def find_spec(self, fullname, path=None, target=None):
        """The spec of a target's module, with a loader that instruments; None for any other module."""
        if fullname.rpartition(".")[2] not in self._names:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if (
            spec is None
            or not spec.has_location
            or type(spec.loader) is not importlib.machinery.SourceFileLoader
        ):
            return None
        known = self._files.get(os.path.realpath(spec.origin))
        if known is None:
            return None
        spec.loader = TargetLoader(fullname, spec.origin, known[0], known[1], self._hits)
        return spec


class TargetLoader(importlib.machinery.SourceFileLoader):
    """Loads one target file from its source, never from a cache."""

    def __init__(self, fullname, path, file, qualnames, hits):
        super().__init__(fullname, path)
        self._file = file
        self._qualnames = qualnames
        self._hits = hits

    def get_code(self, fullname):
        """The instrumented code of the module; the ordinary code when that fails."""
        source = self.get_data(self.path)
        try:
            tree = _parse(source, self.path)
            self._hits.bodies |= mark(tree, self._file, self._qualnames)
            return compile(tree, self.path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError):
            return compile(source, self.path, "exec", dont_inherit=True)


def mark(tree, file, qualnames):
    """Insert marks into a module's tree; returns the ids of the marks in class and module bodies."""
    bodies = set()
    pending = [(tree, "")]
    while pending:
        node, prefix = pending.pop()
        name = None
        if isinstance(node, ast.Module):
            name = MODULE
        elif isinstance(node, _FUNCTIONS + (ast.ClassDef,)):
            name = prefix + node.name
            prefix = name + "."
        pending.extend((child, prefix) for child in _walk_children(node))
        if name in qualnames:
            identity = "%s::%s" % (file, name)
            if isinstance(node, _FUNCTIONS):
                for body, branch in branches(node):
                    _put(body, 0, _BRANCH_MARK, branch)
            else:
                bodies.add(identity)
            _insert(node.body, identity)
    return bodies


def _insert(body, identity):
    index = 0
    if body and _is_docstring(body[0]):
        index = 1
    while (
        index < len(body) and isinstance(body[index], ast.ImportFrom) and body[index].module == "__future__"
    ):
        index += 1
    _put(body, index, _MARK, identity)


def _put(body, index, mark, identity):
    call = _parse("%s(%r)" % (mark, identity)).body[0]
    near = body[min(index, len(body) - 1)] if body else None
    line = getattr(near, "lineno", 1)
    for part in ast.walk(call):
        if "lineno" in part._attributes:
            part.lineno = part.end_lineno = line
            part.col_offset = part.end_col_offset = 0
    body.insert(index, call)


def _is_docstring(statement):
    # ast.Str until 3.7, ast.Constant from 3.8; both give their text as `s` or `value`.
    if not isinstance(statement, ast.Expr):
        return False
    value = statement.value
    if type(value).__name__ == "Str":
        return True
    return type(value).__name__ == "Constant" and isinstance(value.value, str)


def _module_name(path):
    folder, name = os.path.split(path)
    stem = name.rpartition(".")[0]
    return os.path.basename(folder) if stem == "__init__" else stem
