"""pandas: tables, series and indices by every value, with their labels and types.

What holds no values has no type: it is an accident of how an empty table was selected or made.
"""

from patchdiff_probe import safe
from patchdiff_probe.values import reading
from patchdiff_probe.values.libraries import forms

__builtins__ = safe.BUILTINS

_PLAIN_INDICES = frozenset(["Index", "RangeIndex", "Int64Index", "Float64Index", "UInt64Index"])


def _frame(writer, value):
    names = list(value.columns)
    columns = [value.iloc[:, position] for position in range(len(names))]
    public = {"index": value.index, "columns": value.columns}
    if len(value):
        public["dtypes"] = [str(column.dtype) for column in columns]
    _add_attributes(value, public)
    if len(set(map(repr, names))) == len(names):
        entries = [[writer.write(name), _values(writer, column)] for name, column in zip(names, columns)]
        return forms.holder(writer, value, {"t": "dict", "ordered": True, "entries": entries}, public)
    items = [_values(writer, column) for column in columns]
    return forms.holder(writer, value, {"t": "list", "items": items}, public)


def _series(writer, value):
    public = {"index": value.index, "name": value.name}
    if len(value):
        public["dtype"] = str(value.dtype)
    _add_attributes(value, public)
    return forms.holder(writer, value, _values(writer, value), public)


def _add_attributes(value, public):
    attributes = getattr(value, "attrs", None)
    if attributes:
        public["attrs"] = attributes


def _index(writer, value):
    public = {"name": value.name}
    if len(value):
        public["dtype"] = str(value.dtype)
    for name in ("freq", "tz", "ordered", "closed"):
        if hasattr(value, name):
            public[name] = forms.attempt(lambda name=name: str(getattr(value, name)))
    form = forms.holder(writer, value, _values(writer, value), public)
    # As pandas' own assertions have it, a range and the integers in it are equivalent.
    if reading.qualname(type(value)) in _PLAIN_INDICES:
        form["type"] = "pandas.Index"
    return form


def _multi_index(writer, value):
    public = {"names": list(value.names), "dtypes": [str(level.dtype) for level in value.levels]}
    return forms.holder(writer, value, forms.plain_list(writer, value.tolist()), public)


def _values(writer, labelled):
    """The values of a series or an index, or of a column."""
    if not len(labelled):
        return forms.plain_list(writer, [])
    values = labelled.values
    cls = type(values)
    if reading.qualname(cls) == "ndarray":
        if not values.dtype.hasobject:
            return writer.write(values)
        return forms.plain_list(writer, values.tolist())
    return _extension(writer, values)


def _extension(writer, values):
    if reading.qualname(type(values)) == "Categorical":
        return _categorical(writer, values)
    return forms.plain_list(writer, list(values.astype(object)))


def _categorical(writer, value):
    public = {
        "categories": value.categories,
        "ordered": bool(value.ordered),
    }
    return forms.holder(writer, value, writer.write(value.codes), public)


def _array(writer, value):
    return forms.holder(writer, value, _extension(writer, value), {"dtype": str(value.dtype)})


def _group_by(writer, value):
    public = {
        "obj": value.obj,
        "indices": [[key, value.indices[key]] for key in sorted(value.indices, key=repr)],
        "names": list(value.grouper.names if hasattr(value, "grouper") else value._grouper.names),
    }
    for name in ("as_index", "sort", "group_keys", "dropna", "observed"):
        if hasattr(value, name):
            public[name] = getattr(value, name)
    return forms.thing(writer, value, public)


RULES = {
    "DataFrame": _frame,
    "Series": _series,
    "Index": _index,
    "MultiIndex": _multi_index,
    "Categorical": _categorical,
    "ExtensionArray": _array,
    "GroupBy": _group_by,
}
