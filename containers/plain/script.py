"""Runs inputs one after the other and prints what they come to, as a script that a user writes would.

Knows nothing of the probe. The host appends a call of ``main`` and hands the text to ``python -``.
"""

import ast
import itertools
import json
import os
import sys
import tempfile

LONGEST = 4000
MOST_ITEMS = 200
MOST_DEPTH = 20


def main(inputs, mark):
    """Print a line for every input, ``mark`` first: its number, how it ended, a type and a text."""
    sys.stdout.flush()
    output = os.dup(1)
    os.chdir(tempfile.mkdtemp())
    for number, (statements, source) in enumerate(inputs):
        line = json.dumps([number] + run(statements, source))
        sys.stdout.flush()
        os.write(output, ("\n%s%s\n" % (mark, line)).encode("utf-8"))
    os._exit(0)


def run(statements, source):
    """Run statements and an input after them in a namespace of their own."""
    names = {"__name__": "__console__"}
    try:
        for statement in statements:
            exec(compile(statement, "<stdin>", "exec", 0, True), names)
    except BaseException as error:
        return ["set-up", name_of(type(error)), ""]
    try:
        tree = ast.parse(source)
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            last = ast.Expression(tree.body.pop().value)
        exec(compile(tree, "<stdin>", "exec", 0, True), names)
        value = None if last is None else eval(compile(last, "<stdin>", "eval", 0, True), names)
        return ["value", name_of(type(value)), shortened(value if type(value) is str else show(value))]
    except BaseException as error:
        return ["raised", name_of(type(error)), shortened(str(error))]


def show(value, depth=0):
    """The repr of a value, whose sets are sorted, and what an iterator still gives."""
    cls = type(value)
    if depth == MOST_DEPTH:
        return repr(value)
    if cls in (list, tuple):
        shown = [show(item, depth + 1) for item in value]
    elif cls in (set, frozenset):
        shown = sorted(show(item, depth + 1) for item in value)
    elif cls is dict:
        shown = sorted(show(key, depth + 1) + ": " + show(item, depth + 1) for key, item in value.items())
    elif hasattr(cls, "__next__"):
        shown = [show(item, depth + 1) for item in itertools.islice(value, MOST_ITEMS)]
    else:
        return repr(value)
    return "%s(%s)" % (cls.__name__, ", ".join(shown))


def shortened(text):
    """A text that is not too long for a line."""
    return text if len(text) <= LONGEST else "%s... (%d)" % (text[:LONGEST], len(text))


def name_of(cls):
    """The qualified name of a class."""
    return "%s.%s" % (cls.__module__, cls.__qualname__)
