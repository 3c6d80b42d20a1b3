"""astropy: quantities, tables, times, coordinates, headers and world coordinate systems."""

from patchdiff_probe import safe
from patchdiff_probe.values.libraries import forms

__builtins__ = safe.BUILTINS


def _quantity(writer, value):
    numpy = forms.module("numpy")
    public = forms.public_attributes(value)
    public.pop("info", None)
    public["unit"] = str(value.unit)
    return forms.holder(writer, value, writer.write(numpy.asarray(value.value)), public)


def _column(writer, value):
    numpy = forms.module("numpy")
    public = {name: getattr(value, name) for name in ("name", "description", "format")}
    public["unit"] = None if value.unit is None else str(value.unit)
    public["meta"] = dict(value.meta)
    public["dtype"] = str(value.dtype)
    if hasattr(value, "mask"):
        public["mask"] = numpy.array(value.mask)
        data = numpy.array(numpy.ma.getdata(value), copy=True, subok=False)
        if data.dtype.names is None:
            data[public["mask"]] = numpy.zeros((), data.dtype)
    else:
        data = numpy.array(value, copy=True, subok=False)
    return forms.holder(writer, value, writer.write(data), public)


def _table(writer, value):
    pairs = [(name, value.columns[name]) for name in value.colnames]
    public = {"colnames": list(value.colnames), "meta": dict(value.meta), "length": len(value)}
    public["primary_key"] = getattr(value, "primary_key", None)
    return forms.holder(writer, value, forms.plain_dict(writer, pairs, True), public)


def _row(writer, value):
    pairs = [(name, value[name]) for name in value.colnames]
    return forms.holder(writer, value, forms.plain_dict(writer, pairs, True), {"index": int(value.index)})


def _time(writer, value):
    public = {
        "format": value.format,
        "scale": value.scale,
        "value": forms.attempt(lambda: value.value),
        "precision": getattr(value, "precision", None),
    }
    public.update((name, forms.attempt(lambda name=name: getattr(value, name))) for name in ("jd1", "jd2"))
    return forms.thing(writer, value, public)


def _header(writer, value):
    cards = [
        (card.keyword, forms.attempt(lambda card=card: card.value), card.comment) for card in value.cards
    ]
    return forms.holder(writer, value, forms.plain_list(writer, cards), {})


def _card(writer, value):
    public = {"keyword": value.keyword, "value": value.value, "comment": value.comment}
    return forms.thing(writer, value, public)


def _wcs(writer, value):
    public = {
        "naxis": int(value.naxis),
        "pixel_shape": value.pixel_shape,
        "header": forms.attempt(lambda: value.to_header(relax=True)),
    }
    return forms.thing(writer, value, public)


def _frame(writer, value):
    """Coordinates in a reference frame: a frame, or a SkyCoord."""
    names = forms.attempt(lambda: list(value.frame.frame_attributes))
    if type(names) is str:
        names = list(value.frame_attributes)
    public = {
        "frame": value.name if hasattr(value, "name") else value.frame.name,
        "attributes": {name: getattr(value, name) for name in names},
    }
    if value.has_data:
        public["data"] = value.data
    return forms.thing(writer, value, public)


def _representation(writer, value):
    public = {name: getattr(value, name) for name in value.components}
    differentials = getattr(value, "differentials", None)
    if differentials:
        public["differentials"] = dict(differentials)
    return forms.thing(writer, value, public)


def _unit(writer, value):
    base = {"t": "str", "v": value.to_string()}
    return forms.holder(writer, value, base, {"decomposed": forms.attempt(lambda: repr(value.decompose()))})


def _nddata(writer, value):
    public = {name: getattr(value, name) for name in ("data", "mask", "meta", "unit", "wcs")}
    uncertainty = value.uncertainty
    public["uncertainty"] = None if uncertainty is None else [uncertainty.uncertainty_type, uncertainty.array]
    public["unit"] = None if value.unit is None else str(value.unit)
    return forms.thing(writer, value, public)


def _hdu(writer, value):
    return forms.thing(writer, value, {"header": value.header, "data": value.data})


def _model(writer, value):
    """A model of ``astropy.modeling`` by its parameters."""
    public = {"name": value.name, "inputs": value.inputs, "outputs": value.outputs}
    public["parameters"] = {name: getattr(value, name).value for name in value.param_names}
    public["fixed"] = dict(value.fixed)
    public["expression"] = forms.attempt(lambda: str(value))
    return forms.thing(writer, value, public)


RULES = {
    "Quantity": _quantity,
    "BaseColumn": _column,
    "Column": _column,
    "Table": _table,
    "Row": _row,
    "TimeBase": _time,
    "Time": _time,
    "TimeDelta": _time,
    "Header": _header,
    "Card": _card,
    "WCS": _wcs,
    "BaseCoordinateFrame": _frame,
    "SkyCoord": _frame,
    "BaseRepresentationOrDifferential": _representation,
    "UnitBase": _unit,
    "NDData": _nddata,
    "_BaseHDU": _hdu,
    "Model": _model,
}
