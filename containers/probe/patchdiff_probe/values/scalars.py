"""Values without parts, in canonical form."""

from patchdiff_probe import safe
from patchdiff_probe.values import digests, digits

__builtins__ = safe.BUILTINS

NODE_COST = 8
# What is kept of a text over the budget, and the longest text that is read for a digest, in characters.
_HEAD = 1000
_MAX_READ = 1 << 26
_CUT = {"t": "truncated", "why": "size"}


def _write_int(writer, value):
    bits = int.bit_length(value)
    if bits > 3 * writer.budget:
        data = int.to_bytes(value, bits // 8 + 1, "little", signed=True)
        return _large(writer, _CUT, "int sha256:" + digests.of_bytes(data))
    text = digits.decimal(value, bits)
    return {"t": "int", "v": text} if writer.spend(NODE_COST + len(text)) else writer.truncated()


def _write_float(writer, value):
    writer.spend(NODE_COST)
    return {"t": "float", "v": float.__repr__(value)}


def _write_complex(writer, value):
    writer.spend(NODE_COST)
    real, imaginary = complex.__getnewargs__(value)
    return {"t": "complex", "re": float.__repr__(real), "im": float.__repr__(imaginary)}


def _write_str(writer, value):
    size = str.__len__(value)
    if writer.budget < size <= _MAX_READ:
        text = writer.normaliser.paths(str.__str__(value))
        return _large(writer, {"t": "str", "v": text[:_HEAD]}, text)
    if not writer.spend(NODE_COST + size):
        return writer.truncated()
    return {"t": "str", "v": writer.normaliser.paths(str.__str__(value))}


def write_bytes(writer, value):
    """The form of bytes or a bytearray."""
    kind, hexadecimal = ("bytes", bytes.hex) if isinstance(value, bytes) else ("bytearray", bytearray.hex)
    size = len(memoryview(value))
    if 2 * size > writer.budget:
        return _large(writer, _CUT, kind + " sha256:" + digests.of_bytes(value))
    if not writer.spend(NODE_COST + 2 * size):
        return writer.truncated()
    return {"t": kind, "v": hexadecimal(value)}


def _large(writer, part, text):
    form = digests.large(part, text)
    size = _HEAD + 40 * len(form["sketch"]["blocks"])
    return form if writer.spend(min(size, writer.budget // 4)) else writer.truncated()


def _constant(form):
    def write(writer, value):
        writer.spend(NODE_COST)
        return form

    return write


# type -> function (writer, value), which also works for instances of subclasses
SCALARS = {
    type(None): _constant({"t": "none"}),
    bool: lambda writer, value: {"t": "bool", "v": value},
    int: _write_int,
    float: _write_float,
    complex: _write_complex,
    str: _write_str,
    bytes: write_bytes,
    type(Ellipsis): _constant({"t": "singleton", "v": "Ellipsis"}),
    type(NotImplemented): _constant({"t": "singleton", "v": "NotImplemented"}),
}
