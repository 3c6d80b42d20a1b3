"""Observes one input: value or exception, output, warnings, the variables it used, the targets it entered."""

import ast
import types

from patchdiff_probe import safe
from patchdiff_probe.child.warning_log import WarningLog
from patchdiff_probe.isolation.alarm import Alarm, call_within
from patchdiff_probe.state.files import KEY as FILES
from patchdiff_probe.values.canonical import canonicalise
from patchdiff_probe.values.digests import shortened
from patchdiff_probe.values.reading import is_class, type_name
from patchdiff_probe.values.readings import NONE, Readings

__builtins__ = safe.BUILTINS
os = safe.os

FILE_NAME = "<input>"
MAX_OBSERVATION = 8 * 1024 * 1024
_SCALARS = (type(None), bool, int, float, complex, str, bytes)
_NO_STATE = (
    types.ModuleType,
    types.FunctionType,
    types.BuiltinFunctionType,
    type(str.upper),
    type(str.__str__),
)
_PARSE_ONLY = ast.PyCF_ONLY_AST
_AST = ast.AST
_Attribute, _Expr, _Expression = ast.Attribute, ast.Expr, ast.Expression
_Load, _Name = ast.Load, ast.Name


def without_run(outcome):
    """The observation of an input that was not run, or whose process ended."""
    return {"outcome": outcome, "stdout": "", "stderr": "", "warnings": [], "state": {}, "hits": []}


def _unread(fault):
    """What stands for an answer that the probe itself failed to read: it is neither equal nor different."""
    return {"t": "opaque", "type": "?", "why": "the probe failed: " + type_name(type(fault))}


class Observer:
    """Observes inputs in this process, one after the other.

    ``limits``: those of the open request; ``fixtures``: names of variables that are not state.
    """

    def __init__(self, normaliser, exceptions, capture, hits, files, limits, fixtures=frozenset()):
        self._normaliser = normaliser
        self._exceptions = exceptions
        self._capture = capture
        self._hits = hits
        self._files = files
        self._value_bytes = limits["valueBytes"]
        self._output_bytes = limits["outputBytes"]
        self._fixtures = fixtures
        self._readings = NONE

    def observe(self, source, namespace, seconds, reads=()):
        """Run one input on a shallow copy of ``namespace``; ``reads``: names for Readings.

        Returns the observation, whatever happens in Python.
        """
        self._readings = Readings(reads)
        self._capture.begin()
        self._files.begin()
        self._hits.take()
        self._hits.take_branches()
        record = without_run({"kind": "timeout"})
        finished, observation = call_within(seconds, lambda: self._observe(source, dict(namespace), record))
        observation = observation if finished else record
        stdout, stderr, over = self._capture.read()
        for name, text in (("stdout", stdout), ("stderr", stderr)):
            text = text[: self._output_bytes] if over else text
            observation[name] = shortened(text, self._output_bytes, self._normaliser.text)
        observation["hits"] = sorted(self._hits.take())
        branches = self._hits.take_branches()
        if branches:
            observation["branches"] = sorted(branches)
        files = self._files.changes()
        if files and observation["outcome"]["kind"] in ("value", "raised"):
            observation["state"][FILES] = self._canonical(files)
        if over:
            observation["outcome"] = {"kind": "resource", "what": "output"}
        return observation

    def _observe(self, source, namespace, record):
        observation = dict(record)
        try:
            with WarningLog() as log:
                self._run(source, namespace, observation)
            observation["warnings"] = self._warnings(log.caught)
            if len(safe.to_json(observation)) > MAX_OBSERVATION:
                observation = without_run({"kind": "resource", "what": "size"})
        except MemoryError:
            observation = without_run({"kind": "resource", "what": "memory"})
        except Alarm:
            raise
        except BaseException as fault:
            observation = without_run({"kind": "value", "value": _unread(fault)})
        return observation

    def _run(self, source, namespace, observation):
        used, assigned = frozenset(), frozenset()
        try:
            tree = parse(source)
            used, assigned = variables(tree)
            value = _execute(tree, namespace)
        except (Alarm, MemoryError):
            raise
        except BaseException as error:
            observation["outcome"] = {"kind": "raised", "exception": self._exceptions.describe(error)}
        else:
            observation["outcome"] = {"kind": "value", "value": self._canonical(value)}
        observation["state"] = {
            name: self._canonical(namespace[name])
            for name in sorted(used - self._fixtures)
            if name in namespace and _is_state(namespace[name], name in assigned)
        }

    def _canonical(self, value):
        return canonicalise(
            value, self._normaliser, self._value_bytes, self._exceptions.describe, self._readings
        )

    def _warnings(self, caught):
        seen = []
        for category, message in caught:
            try:
                message = str(message)
            except (Alarm, MemoryError):
                raise
            except BaseException:
                message = "<unprintable>"
            item = {
                "category": type_name(category),
                "message": shortened(message, self._value_bytes, self._normaliser.text),
            }
            if item not in seen:
                seen.append(item)
        return seen


def parse(source):
    """The syntax tree of statements."""
    return compile(source, FILE_NAME, "exec", _PARSE_ONLY, dont_inherit=True)


def _execute(tree, namespace):
    """Run the statements; the value is that of a last expression, else None."""
    last = None
    if tree.body and type(tree.body[-1]) is _Expr:
        last = _Expression(tree.body.pop().value)
    if tree.body:
        exec(compile(tree, FILE_NAME, "exec", dont_inherit=True), namespace)
    if last is not None:
        return eval(compile(last, FILE_NAME, "eval", dont_inherit=True), namespace)
    return None


def variables(tree):
    """The names a tree loads or assigns, and those among them that it assigns.

    Without those that only serve a ``with`` statement: assigned, entered and not used otherwise.
    """
    used, assigned, entered = set(), set(), set()
    pending = [tree]
    while pending:
        node = pending.pop()
        if type(node) is _Name:
            if type(node.ctx) is _Load:
                used.add(node.id)
            else:
                assigned.add(node.id)
            continue
        if type(node) is _Attribute and node.attr == "__enter__" and type(node.value) is _Name:
            entered.add(node.value.id)
            continue
        for field in node._fields:
            part = getattr(node, field, None)
            pending.extend(
                item for item in (part if type(part) is list else (part,)) if isinstance(item, _AST)
            )
    managers = (assigned & entered) - used
    return (used | assigned | entered) - managers, assigned


def _is_state(value, assigned):
    cls = type(value)
    if cls in _NO_STATE or is_class(value):
        return False
    return assigned or cls not in _SCALARS
