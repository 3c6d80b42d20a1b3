"""Which rule of the canonical form applies to the instances of a class.

Decided once per class, by identity and by name.
"""

import array
import collections
import enum
import functools
import io
import types

from patchdiff_probe import safe
from patchdiff_probe.values import handles, names, places, reading
from patchdiff_probe.values.libraries import numpy, registry

__builtins__ = safe.BUILTINS

# Classes whose state is in the operating system, in other threads or in the interpreter.
_OUT_OF_REACH = frozenset(
    [
        "_io._IOBase",
        "_socket.socket",
        "_thread.lock",
        "_thread.RLock",
        "builtins.cell",
        "builtins.code",
        "builtins.frame",
        "builtins.traceback",
        "multiprocessing.process.BaseProcess",
        "select.poll",
        "subprocess.Popen",
        "threading.Thread",
    ]
)

# Classes whose instances have the content of a builtin: class -> (builtin, function that gives it, public
# attributes).
CONTENTS = {
    type({}.keys()): (set, set, ()),
    type({}.items()): (dict, dict, ()),
    type({}.values()): (list, list, ()),
    type(collections.OrderedDict().keys()): (list, list, ()),
    type(collections.OrderedDict().items()): (list, list, ()),
    type(collections.OrderedDict().values()): (list, list, ()),
    types.MappingProxyType: (dict, dict, ()),
    memoryview: (bytes, memoryview.tobytes, ("format", "shape", "readonly")),
    io.StringIO: (str, io.StringIO.getvalue, ()),
    io.BytesIO: (bytes, io.BytesIO.getvalue, ()),
    array.array: (list, array.array.tolist, ("typecode",)),
    collections.deque: (list, lambda value: list(collections.deque.__iter__(value)), ("maxlen",)),
}

_BUILTINS = (
    int,
    float,
    complex,
    str,
    bytes,
    bytearray,
    list,
    tuple,
    set,
    frozenset,
    collections.OrderedDict,
    dict,
)

_BY_BASE = {id(enum.Enum): ("enum", None), id(type): ("named", None)}
_BY_BASE[id(functools.partial)] = ("partial", None)
_BY_BASE.update((id(base), ("builtin", base)) for base in _BUILTINS)
_BY_BASE.update((id(base), ("content", content)) for base, content in CONTENTS.items())
_BY_BASE.update((id(base), ("named", None)) for base in names.NAMED_TYPES)
_BY_BASE.update((id(base), ("coroutine", None)) for base in (types.CoroutineType, types.AsyncGeneratorType))

_known = {}  # id -> (class kept alive, kind)


def kind_of(cls):
    """The rule for instances of ``cls`` as (name, detail).

    ``enum``, ``named`` (functions, classes, modules), ``content`` (detail: an entry of CONTENTS),
    ``partial``, ``coroutine``, ``builtin`` (detail: the builtin it derives from), ``file``, ``place``
    (detail: attributes that tell where code stands), ``out-of-reach``, ``iterator``, ``object``, ``numpy``
    (arrays and scalars), or ``library`` (detail: the rule of its library, and the kind without it).
    """
    known = _known.get(id(cls))
    if known is None:
        kind = _decide(cls)
        rule = registry.rule_for(cls)
        if rule is numpy.write:
            kind = ("numpy", None)
        elif rule is not None:
            kind = ("library", (rule, kind))
        known = _known[id(cls)] = (cls, kind)
    return known[1]


def _decide(cls):
    if handles.is_file(cls):
        return ("file", None)
    place = places.place_of(cls)
    if place is not None:
        return place
    bases = reading.mro(cls)
    qualified = [reading.type_name(base) for base in bases]
    found = [_BY_BASE[id(base)] for base in bases if id(base) in _BY_BASE]
    for kind in found:
        if kind[0] == "enum":
            return kind
    if found:
        return found[0]
    if not _OUT_OF_REACH.isdisjoint(qualified):
        return ("out-of-reach", None)
    if reading.defining_class(cls, "__next__") is not None:
        return ("iterator", None)
    return ("object", None)
