"""Open files in canonical form: which file, how it is open and how far it was read. What it holds is seen elsewhere."""

import io

from patchdiff_probe import reading, safe

__builtins__ = safe.BUILTINS

_TextIOWrapper, _FileIO = io.TextIOWrapper, io.FileIO
_IDS = frozenset(map(id, [_TextIOWrapper, io.BufferedReader, io.BufferedWriter, io.BufferedRandom, _FileIO]))
_STANDARD = {0: "<stdin>", 1: "<stdout>", 2: "<stderr>"}
_UNKNOWN = (AttributeError, OSError, ValueError)


def is_file(cls):
    """Whether a class is one of the system's files, and not derived from one, which may do anything when it is asked."""
    return id(cls) in _IDS


def write(writer, value):
    """An open file of the system; what lies on other objects is no file, and None."""
    raw = _raw(value)
    if raw is None:
        return None
    public = {"name": _name(raw), "closed": raw.closed, "mode": raw.mode}
    if not raw.closed:
        if raw.writable():
            # What is left in a buffer would be seen in the file only later, or never.
            value.flush()
        public["tell()"] = _position(value, raw)
    if type(value) is _TextIOWrapper:
        public["encoding"] = value.encoding
    return {"t": "object", "type": reading.type_name(type(value)), "public": writer.mapping(public)}


def _raw(value):
    """The file below the buffers; None where one of them is no exact builtin, or taken away."""
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
    # Which number a file has is by what else is open.
    return _STANDARD.get(name, "<descriptor>") if type(name) is int else name


def _position(value, raw):
    try:
        return value.tell() if raw.readable() and raw.seekable() else None
    except _UNKNOWN:
        return None
