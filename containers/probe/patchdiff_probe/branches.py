"""Marks at the start of every branch of a changed function, so that inputs can be chosen by the paths they take.

A branch is known by what it says and what it depends on, not by its place: the same branch on two sides has one name.
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
    """The statement lists inside a function that may or may not be run, each with its name, outermost first."""
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
