"""Whether an input draws random numbers by itself, or only the code under test does.

What an input draws is part of the input and must not change. Where only the code under test draws, another
seed shows which parts of an answer are left to chance.
"""

import ast

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_AST, _Attribute, _Import, _ImportFrom, _Name = ast.AST, ast.Attribute, ast.Import, ast.ImportFrom, ast.Name
_parse = ast.parse
_MODULES = ("random", "numpy.random", "secrets", "uuid")


class Chance:
    """The sources of random numbers that the statements of one set-up have imported, and whether it drew.

    ``varies``: whether this process is one of those in which random numbers are others than in the first.
    """

    def __init__(self, varies):
        self._varies = varies
        self._modules = set(_MODULES)
        self._functions = set()
        self._drew = False

    def note(self, source):
        """Take in statements of the set-up."""
        if self._varies and not self._drew:
            self._drew = self._draws(source)

    def may_vary(self, source):
        """Whether an input may get other random numbers here; not where it or its set-up draws some."""
        return self._varies and not self._drew and not self._draws(source)

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
