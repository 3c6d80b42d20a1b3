"""xarray: datasets, labelled arrays and variables by all their values, labels and attributes."""

from patchdiff_probe import safe
from patchdiff_probe.values.libraries import forms

__builtins__ = safe.BUILTINS


def _variable(writer, value):
    public = {
        "dims": tuple(value.dims),
        "attrs": dict(value.attrs),
        "encoding": dict(value.encoding),
        "dtype": str(value.dtype),
        "chunks": value.chunks,
    }
    return forms.holder(writer, value, _values(writer, value), public)


def _array(writer, value):
    variable = value.variable
    public = {
        "dims": tuple(value.dims),
        "coords": _variables(value.coords),
        "attrs": dict(value.attrs),
        "encoding": dict(variable.encoding),
        "dtype": str(value.dtype),
        "name": value.name,
        "chunks": variable.chunks,
        "indexes": _indexes(value),
    }
    return forms.holder(writer, value, _values(writer, variable), public)


def _dataset(writer, value):
    public = {
        "dims": {str(name): int(size) for name, size in dict(value.sizes).items()},
        "data_vars": _variables(value.data_vars),
        "coords": _variables(value.coords),
        "attrs": dict(value.attrs),
        "encoding": dict(value.encoding),
        "indexes": _indexes(value),
    }
    return forms.thing(writer, value, public)


def _group_by(writer, value):
    groups = value.groups
    public = {
        "groups": [[key, groups[key]] for key in sorted(groups, key=repr)],
        "obj": value._obj,
        "group": value._group_dim if hasattr(value, "_group_dim") else None,
    }
    return forms.thing(writer, value, public)


def _variables(mapping):
    return {str(name): mapping[name].variable for name in mapping}


def _indexes(value):
    return {str(name): list(index.names) for name, index in dict(value.indexes).items()}


def _values(writer, variable):
    # A copy, as reading lazy values loads them into the variable.
    return writer.write(variable.copy(deep=False).values)


RULES = {
    "Variable": _variable,
    "DataArray": _array,
    "Dataset": _dataset,
    "GroupBy": _group_by,
}
