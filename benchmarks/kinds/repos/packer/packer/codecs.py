"""The codecs, by name."""

import json

from packer.plain import plain

try:
    import fastpack_c
except ImportError:
    fastpack_c = None


class CodecError(ValueError):
    """A codec that is not known, or text that it cannot read."""


def available():
    """The names of the codecs that can be used here."""
    return ["json"] if fastpack_c is None else ["fast", "json"]


def dumps(value, codec="json"):
    """The bytes of a value.

    >>> dumps({"a": [1, None]}) == b'{"a": [1, null]}'
    True
    """
    if codec == "json":
        return json.dumps(value, default=plain).encode()
    if codec == "fast":
        return fastpack_c.pack(value)
    raise CodecError("unknown codec: %r" % (codec,))


def loads(data, codec="json"):
    """The value that bytes stand for.

    >>> loads(b"[1, 2]")
    [1, 2]
    """
    if codec == "json":
        try:
            return json.loads(data.decode())
        except ValueError as error:
            raise CodecError("no JSON: %s" % error)
    if codec == "fast":
        return fastpack_c.unpack(data)
    raise CodecError("unknown codec: %r" % (codec,))
