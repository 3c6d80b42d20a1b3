"""numpy arrays and scalars."""

from patchdiff_probe import safe
from patchdiff_probe.values import digests, reading
from patchdiff_probe.values.libraries import forms

__builtins__ = safe.BUILTINS

_INLINE_BYTES = 4096


def write(writer, value):
    """The form of an array or scalar; inside a ``subclass`` where the type is not numpy's."""
    dtype = value.dtype
    if dtype.names is not None:
        return _structured(writer, value)
    if dtype.hasobject:
        return writer.subclass(value, writer.write(value.tolist()))
    data = value.tobytes()
    form = {"t": "array", "dtype": str(dtype.str), "shape": [int(n) for n in value.shape]}
    if len(data) <= _INLINE_BYTES and not writer.digesting:
        form["data"] = data.hex()
        fits = writer.spend(2 * len(data))
    else:
        fits = _add_digest(writer, form, value, data)
    if not fits:
        return writer.truncated()
    in_numpy = reading.class_module(type(value)) == "numpy"
    return form if in_numpy else writer.subclass(value, form)


def _add_digest(writer, form, value, data):
    """Add what stands for the bytes of an array; False where the budget ends."""
    floats = _floats(value)
    sketch = None if floats is None else digests.sketch(floats)
    form["data"] = "sha256:" + digests.of_bytes(data)
    if sketch is None:
        return writer.spend(len(form["data"]))
    form["sketch"] = sketch
    if writer.digesting:
        # Otherwise rounding would show in the digest without the floats.
        writer.exact.append(form["data"])
        form["data"] = ""
    return writer.spend(len(form["data"]) + 40 * len(sketch["blocks"]))


def _floats(value):
    """All floats of an array in C order, complex ones as two; None where it holds none."""
    kind = value.dtype.kind
    if kind == "f":
        return value.astype("float64").ravel().tolist()
    if kind == "c":
        return value.astype("complex128").ravel().view("float64").tolist()
    return None


def _structured(writer, value):
    """A structured array by its fields, each an array."""
    fields = [(name, value[name]) for name in value.dtype.names]
    public = {"shape": tuple(int(n) for n in value.shape), "dtype": str(value.dtype)}
    return forms.holder(writer, value, forms.plain_dict(writer, fields, True), public)


def _masked(writer, value):
    """A masked array: what is masked shows as zero, whatever lies under the mask."""
    numpy = forms.module("numpy")
    mask = numpy.ma.getmaskarray(value)
    data = numpy.array(numpy.ma.getdata(value), copy=True, subok=False)
    if data.dtype.names is None:
        data[mask] = numpy.zeros((), data.dtype)
    public = forms.public_attributes(value)
    public["mask"] = mask
    public["fill_value"] = forms.attempt(lambda: value.fill_value)
    return forms.holder(writer, value, writer.write(data), public)


def _masked_constant(writer, value):
    return forms.thing(writer, value, {})


RULES = {"ndarray": write, "generic": write, "MaskedArray": _masked, "MaskedConstant": _masked_constant}
