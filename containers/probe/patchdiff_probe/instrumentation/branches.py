"""The branches of a function, so that inputs can be selected by the paths they take.

A branch is named after its code and its conditions, not its position: the same branch on two sides has the
same name.
"""

import ast
import zlib

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_FIELDS = ("body", "orelse", "finalbody")
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_dump = ast.dump
_children = ast.iter_child_nodes


def branches(function):
    """The lists of statements in a function that run conditionally, each with its name, outermost first."""
    found = []
    pending = [(child, "") for child in function.body]
    while pending:
        node, path = pending.pop()
        if isinstance(node, _INNER):
            continue
        inside = path
        for field in _FIELDS:
            body = getattr(node, field, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                inside = "%s/%s.%s:%s" % (path, type(node).__name__, field, _condition(node))
                found.append((body, _name(inside, body)))
                pending.extend((child, inside) for child in body)
        for child in _children(node):
            if not isinstance(child, (ast.stmt, ast.expr)):  # handlers and cases
                pending.append((child, path))
    return found


def _condition(node):
    for field in ("test", "iter", "type", "pattern"):
        part = getattr(node, field, None)
        if isinstance(part, ast.AST):
            return _dump(part)
    return ""


def _name(path, body):
    return "%08x" % (zlib.crc32((path + _dump(body[0])).encode("utf-8", "surrogatepass")) & 0xFFFFFFFF)
