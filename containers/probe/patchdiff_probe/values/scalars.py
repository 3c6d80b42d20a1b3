"""Values without parts, in canonical form."""

from patchdiff_probe import safe
from patchdiff_probe.values import digits

__builtins__ = safe.BUILTINS

NODE_COST = 8


def _write_int(writer, value):
    bits = int.bit_length(value)
    if bits > 3 * writer.budget:
        return writer.truncated()
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
    if not writer.spend(NODE_COST + size):
        return writer.truncated()
    return {"t": "str", "v": writer.normaliser.paths(str.__str__(value))}


def write_bytes(writer, value):
    """The form of bytes or a bytearray."""
    kind, hexadecimal = ("bytes", bytes.hex) if isinstance(value, bytes) else ("bytearray", bytearray.hex)
    if not writer.spend(NODE_COST + 2 * len(memoryview(value))):
        return writer.truncated()
    return {"t": kind, "v": hexadecimal(value)}


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
