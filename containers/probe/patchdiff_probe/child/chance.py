"""Whether an input draws random numbers by itself, or only the code under test does.

What an input draws is part of the input and must not change. Where only the code under test draws, another
seed shows which parts of an answer are left to chance.
"""

import ast

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os

_AST, _Attribute, _Import, _ImportFrom, _Name = ast.AST, ast.Attribute, ast.Import, ast.ImportFrom, ast.Name
_parse = ast.parse
_MODULES = ("random", "numpy.random", "secrets", "uuid")
# The seed under which this process varies what is random; 0: not at all.
_HASH_SEED = os.environ.get("PYTHONHASHSEED", "")
VARIATION = int(_HASH_SEED) if _HASH_SEED.isdigit() else 0


class Chance:
    """The sources of random numbers that the statements of one set-up have imported, and whether it drew."""

    def __init__(self):
        self._modules = set(_MODULES)
        self._functions = set()
        self._drew = False

    def note(self, source):
        """Take in statements of the set-up."""
        if VARIATION and not self._drew:
            self._drew = self._draws(source)

    def seed_for(self, source):
        """The seed for an input: another in each process, and 0 where the input or its set-up draws."""
        return 0 if not VARIATION or self._drew or self._draws(source) else VARIATION

    def _draws(self, source):
        try:
            tree = _parse(source)
        except (SyntaxError, ValueError, RecursionError):
            return True
        drawn = False
        pending = [tree]
        while pending:
            node = pending.pop(0)
            drawn = drawn or self._visit(node)
            for field in node._fields:
                part = getattr(node, field, None)
                pending.extend(
                    item for item in (part if type(part) is list else (part,)) if isinstance(item, _AST)
                )
        return drawn

    def _visit(self, node):
        if type(node) is _Import:
            for item in node.names:
                if item.name in _MODULES:
                    self._modules.add(item.asname or item.name)
        elif type(node) is _ImportFrom:
            for item in node.names:
                if node.module == "numpy" and item.name == "random":
                    self._modules.add(item.asname or item.name)
                elif node.module in _MODULES and item.name != "seed":
                    self._functions.add(item.asname or item.name)
        elif type(node) is _Name:
            return node.id in self._functions
        elif type(node) is _Attribute and node.attr != "seed":
            return self._is_source(node.value)
        return False

    def _is_source(self, node):
        if type(node) is _Attribute:  # np.random
            return node.attr == "random" and type(node.value) is _Name
        return type(node) is _Name and node.id in self._modules
