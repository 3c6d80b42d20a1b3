"""Objects of the standard library that tell where code stands, and when it ran.

Which line of which file a patch has its code on is no behaviour: it is written privately, and times are left
out.
"""

from patchdiff_probe import safe
from patchdiff_probe.isolation.alarm import Alarm
from patchdiff_probe.values import reading

__builtins__ = safe.BUILTINS

_RECORD = ("filename", "funcName", "lineno", "module", "pathname", "stack_info", "exc_text")
# When it was made, by which process and thread, and what its message is made from.
_LEFT_OUT = frozenset(
    [
        "args",
        "created",
        "exc_info",
        "msecs",
        "msg",
        "process",
        "processName",
        "relativeCreated",
        "taskName",
        "thread",
        "threadName",
    ]
)
# Class -> attributes that tell a place.
_CLASSES = {
    "logging.LogRecord": _RECORD,
    "warnings.WarningMessage": ("filename", "lineno", "line"),
}
# Classes that hold nothing but places.
_NOTHING_ELSE = frozenset(
    ["inspect.FrameInfo", "inspect.Traceback", "traceback.FrameSummary", "traceback.StackSummary"]
)


def place_of(cls):
    """The rule for instances of ``cls`` as (name, detail), or None where they tell no place."""
    for base in reading.mro(cls):
        name = reading.type_name(base)
        if (name in _CLASSES or name in _NOTHING_ELSE) and reading.lookup(*name.rsplit(".", 1)) is base:
            return ("place", _CLASSES.get(name))
    return None


def write(writer, value, names):
    """The form of such an object; ``names``: attributes that tell the place, None where all of it does."""
    form = {"t": "object", "type": reading.type_name(type(value)), "public": {}}
    if names is None:
        return form
    writer.inside_objects += 1
    try:
        found = reading.attributes(value)
        public = _without(found, names)
        if names is _RECORD:
            public["message"] = _message(value)
        form["public"] = writer.mapping(public)
        form["private"] = writer.mapping({name: found[name] for name in names if name in found})
    finally:
        writer.inside_objects -= 1
    return form


def _without(found, names):
    return {
        name: item
        for name, item in found.items()
        if name[:1] != "_" and name not in names and name not in _LEFT_OUT
    }


def _message(record):
    try:
        return record.getMessage()
    except (Alarm, MemoryError):
        raise
    except BaseException as error:
        return "<raises %s>" % reading.type_name(type(error))
