"""The rules of the canonical form for all kinds of values but scalars, containers and ordinary objects."""

import itertools
import types

from patchdiff_probe import safe
from patchdiff_probe.isolation.alarm import Alarm
from patchdiff_probe.values import functions, handles, names, reading
from patchdiff_probe.values.libraries import numpy

__builtins__ = safe.BUILTINS

MAX_ITEMS = 1000
# Iterators whose repr says which items they will give.
_DESCRIBED_BY_REPR = (itertools.count, itertools.repeat)


def opaque(value, why):
    """The form of a value that cannot be read."""
    return {"t": "opaque", "type": reading.type_name(type(value)), "why": why}


def _enum(writer, value):
    found = reading.attributes(value)
    name = found.get("_name_")
    if type(name) is not str:
        name = str(found.get("_value_"))
    return {"t": "enum", "type": reading.type_name(type(value)), "name": name}


def _named(writer, value):
    name = names.write(value)
    if name is not None:
        writer.spend(len(name["v"]))
        return name
    if reading.is_class(value):
        if reading.has_own_repr(type(value)) and reading.defining_class(type(value), "__repr__") is not type:
            # A class made at run time whose metaclass defines its repr.
            return {
                "t": "object",
                "type": reading.type_name(type(value)),
                "public": {},
                "repr": writer.normaliser.text(repr(value)),
            }
        return opaque(value, "class that no name reaches")
    if type(value) in names.BOUND_TYPES and value.__self__ is not None:
        return functions.write_bound(writer, value)
    if functions.is_memoised(value):
        return functions.write_memoised()
    if type(value) is types.FunctionType:
        writer.inside_objects += 1
        try:
            return functions.write(writer, value)
        finally:
            writer.inside_objects -= 1
    return opaque(value, "function that no name reaches")


def _iterator(writer, value):
    if writer.inside_objects:
        if type(value) in _DESCRIBED_BY_REPR:
            return writer.object(value)
        # Taking its items would change the object for the code that runs next.
        return opaque(value, "iterator that an object holds")
    result = {"t": "iterator", "type": reading.type_name(type(value)), "items": [], "more": False}
    items = result["items"]
    try:
        for item in value:
            if len(items) >= MAX_ITEMS or writer.exhausted:
                result["more"] = True
                break
            items.append(writer.write(item))
    except (Alarm, MemoryError):
        raise
    except BaseException as error:
        result["raised"] = writer.describe_exception(error)
    if writer.exhausted:
        items.append(writer.truncated())
    return result


def _close_coroutine(writer, value):
    if type(value) is types.CoroutineType:
        value.close()
    return opaque(value, "coroutine")


# The name of a kind, as `kinds.kind_of` gives it -> function (writer, value).
RULES = {
    "coroutine": _close_coroutine,
    "enum": _enum,
    "file": lambda writer, value: handles.write(writer, value) or opaque(value, "state out of reach"),
    "iterator": _iterator,
    "named": _named,
    "numpy": numpy.write,
    "partial": functions.write_partial,
    "out-of-reach": lambda writer, value: opaque(value, "state out of reach"),
}
