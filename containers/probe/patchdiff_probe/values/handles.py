"""File objects in canonical form: which file, its mode and position.

The content of files is compared in ``state.files``.
"""

import io

from patchdiff_probe import safe
from patchdiff_probe.values import reading

__builtins__ = safe.BUILTINS

_TextIOWrapper, _FileIO = io.TextIOWrapper, io.FileIO
_IDS = frozenset(map(id, [_TextIOWrapper, io.BufferedReader, io.BufferedWriter, io.BufferedRandom, _FileIO]))
_STANDARD = {0: "<stdin>", 1: "<stdout>", 2: "<stderr>"}
_UNKNOWN = (AttributeError, OSError, ValueError)


def is_file(cls):
    """Whether a class is one of the builtin file classes.

    Classes derived from one may run any code when they are read.
    """
    return id(cls) in _IDS


def write(writer, value):
    """The form of a file object; None where it wraps anything but a file of the operating system."""
    raw = _raw(value)
    if raw is None:
        return None
    public = {"name": _name(raw), "closed": raw.closed, "mode": raw.mode}
    if not raw.closed:
        if raw.writable():
            # What stays in a buffer would show in the file only later, or never.
            value.flush()
        public["tell()"] = _position(value, raw)
    if type(value) is _TextIOWrapper:
        public["encoding"] = value.encoding
    return {"t": "object", "type": reading.type_name(type(value)), "public": writer.mapping(public)}


def _raw(value):
    """The file below the buffers; None where one of them is not exactly a builtin class, or detached."""
    try:
        if type(value) is _TextIOWrapper:
            value = value.buffer
        if type(value) is not _FileIO and is_file(type(value)):
            value = value.raw
    except _UNKNOWN:
        return None
    return value if type(value) is _FileIO else None


def _name(raw):
    try:
        name = raw.name
    except _UNKNOWN:
        return None
    # The number of a descriptor depends on what else is open.
    return _STANDARD.get(name, "<descriptor>") if type(name) is int else name


def _position(value, raw):
    try:
        return value.tell() if raw.readable() and raw.seekable() else None
    except _UNKNOWN:
        return None
