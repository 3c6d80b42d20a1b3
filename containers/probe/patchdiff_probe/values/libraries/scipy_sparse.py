"""Sparse matrices and arrays of scipy by their entries."""

from patchdiff_probe import safe
from patchdiff_probe.values.libraries import forms

__builtins__ = safe.BUILTINS


def _sparse(writer, value):
    numpy = forms.module("numpy")
    entries = value.tocoo(copy=True)
    stored = int(value.nnz)
    entries.sum_duplicates()
    coordinates = entries.coords if hasattr(entries, "coords") else (entries.row, entries.col)
    kept = entries.data != 0
    coordinates = [axis[kept].astype("int64") for axis in coordinates]
    data = entries.data[kept]
    order = numpy.lexsort(coordinates[::-1])
    public = {
        "format": value.format,
        "shape": tuple(int(n) for n in value.shape),
        "dtype": str(value.dtype),
        "coords": [axis[order] for axis in coordinates],
        "data": data[order],
    }
    # Zeros that are stored are values as those that are not.
    return forms.thing(writer, value, public, {"nnz": stored})


RULES = {"spmatrix": _sparse, "_spbase": _sparse, "sparray": _sparse}
