"""Calls inserted into syntax trees. A mark is one call of a function that code under test finds among its
builtins.

Mark functions are bound methods such as ``set.add``: on all versions a fraction of what a trace function in
Python costs, and invisible to tests that set trace functions themselves. Line numbers stay as they are.
"""

import ast
import sys

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

# Bound here because code under test may replace what `ast` holds.
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = FUNCTIONS + (ast.ClassDef,)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_Call, _Expr, _ImportFrom = ast.Call, ast.Expr, ast.ImportFrom
_Load, _Module, _Name = ast.Load, ast.Module, ast.Name
if sys.version_info >= (3, 8):
    _constant = ast.Constant
else:
    _Num, _Str = ast.Num, ast.Str

    def _constant(value):
        return _Num(value) if type(value) is int else _Str(value)


def definitions(tree):
    """Yield (node, qualified name) for each function and class of a module, outer ones first; the module
    itself has ``""``.

    What is inside a node is looked up before it is yielded, so that marks may be inserted meanwhile.
    """
    pending = [(tree, "")]
    while pending:
        node, prefix = pending.pop()
        name = None
        if isinstance(node, _Module):
            name = ""
        elif isinstance(node, _DEFINITIONS):
            name = prefix + node.name
            prefix = name + "."
        for block in _BLOCKS:
            pending.extend((child, prefix) for child in getattr(node, block, ()))
        if name is not None:
            yield node, name


def insert_at_entry(body, function, argument):
    """Insert the call ``function(argument)`` where a module, class or function begins.

    A docstring and imports from ``__future__`` stay first.
    """
    index = 1 if body and _is_docstring(body[0]) else 0
    while index < len(body) and isinstance(body[index], _ImportFrom) and body[index].module == "__future__":
        index += 1
    insert(body, index, function, argument)


def insert(body, index, function, argument):
    """Insert the call ``function(argument)`` into a list of statements: a name, and an int or a string."""
    near = body[min(index, len(body) - 1)] if body else None
    name, constant = _Name(function, _Load()), _constant(argument)
    call = _Call(name, [constant], [])
    statement = _Expr(call)
    for part in (name, constant, call, statement):
        part.lineno = part.end_lineno = getattr(near, "lineno", 1)
        part.col_offset = part.end_col_offset = 0
    body.insert(index, statement)


def _is_docstring(statement):
    if not isinstance(statement, _Expr):
        return False
    kind = type(statement.value).__name__
    return kind == "Str" or kind == "Constant" and isinstance(statement.value.value, str)
