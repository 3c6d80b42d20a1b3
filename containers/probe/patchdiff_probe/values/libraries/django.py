"""Django: models by their fields, querysets by their rows, forms and responses by what a visitor gets."""

import copy

from patchdiff_probe import safe
from patchdiff_probe.values import reading
from patchdiff_probe.values.libraries import forms

__builtins__ = safe.BUILTINS

_copy = copy.copy


def _model(writer, value):
    """An instance by the values that are loaded: fields, annotations. Deferred fields stay deferred."""
    attributes = _attributes(value)
    fields = [field.attname for field in value._meta.concrete_fields]
    public = {name: item for name, item in attributes.items() if name[:1] != "_" or name in fields}
    public["deferred"] = sorted(name for name in fields if name not in attributes)
    state = attributes.get("_state")
    public["_state.adding"] = getattr(state, "adding", None)
    return forms.thing(writer, value, public)


def _attributes(value):
    """The instance attributes of a value without those that only keep what a property gave."""
    cls = type(value)
    found = {}
    for name, item in reading.attributes(value).items():
        base = reading.defining_class(cls, name)
        kept = None if base is None else reading.class_dict(base).get(name)
        if reading.qualname(type(kept)) != "cached_property":
            found[name] = item
    return found


def _queryset(writer, value):
    """A queryset by its rows, taken from a clone so that it stays lazy, and privately by its SQL."""
    private = {"sql": forms.attempt(lambda: str(value.query))}
    rows = value._result_cache
    if rows is None:
        rows = forms.attempt(_rows, value)
    if type(rows) is str:
        # Without a database, or where the query cannot be run: the text of the query is all there is.
        return forms.thing(writer, value, {"model": value.model, "rows": rows}, private)
    ordered = bool(value.ordered) if hasattr(type(value), "ordered") else True
    base = forms.plain_list(writer, rows)
    if not ordered:
        base["items"].sort(key=safe.to_json)
    return forms.holder(writer, value, base, {"model": value.model, "ordered": ordered}, private)


def _raw_queryset(writer, value):
    public = {"sql": str(value.raw_query), "params": value.params}
    rows = value._result_cache if getattr(value, "_result_cache", None) is not None else None
    public["rows"] = rows if rows is not None else forms.attempt(_rows_of_raw, value)
    return forms.thing(writer, value, public)


def _rows(queryset):
    transaction = forms.module("django.db.transaction")
    clone = queryset._chain() if hasattr(queryset, "_chain") else queryset._clone()
    # In a savepoint, as a query that fails must not spoil the transaction that the input runs in.
    with transaction.atomic(using=clone.db):
        return list(clone)


def _rows_of_raw(queryset):
    transaction = forms.module("django.db.transaction")
    with transaction.atomic(using=queryset.db):
        return list(queryset.iterator() if hasattr(queryset, "iterator") else _copy(queryset))


def _form(writer, value):
    """A form by its errors, its cleaned data and its HTML."""
    form = value
    if value.is_bound and value._errors is None:
        # Validation writes into the form and its instance.
        form = _copy(value)
        if hasattr(form, "instance"):
            form.instance = _copy(form.instance)
    public = {
        "is_bound": value.is_bound,
        "errors": forms.attempt(_errors, form.errors) if value.is_bound else None,
        "cleaned_data": getattr(form, "cleaned_data", None),
        "html": forms.attempt(str, form),
    }
    return forms.thing(writer, value, public)


def _errors(errors):
    return {str(name): [str(message) for message in messages] for name, messages in errors.items()}


def _formset(writer, value):
    public = {"is_bound": value.is_bound, "forms": forms.attempt(lambda: list(value.forms))}
    if value.is_bound:
        formset = value if value._errors is not None else _copy(value)
        public["errors"] = forms.attempt(lambda: [_errors(errors) for errors in formset.errors])
        public["non_form_errors"] = forms.attempt(lambda: list(map(str, formset.non_form_errors())))
    public["html"] = forms.attempt(str, value)
    return forms.thing(writer, value, public)


def _bound_field(writer, value):
    public = {"name": value.name, "html": forms.attempt(str, value), "label": value.label}
    public["errors"] = forms.attempt(lambda: [str(message) for message in value.errors])
    return forms.thing(writer, value, public)


def _response(writer, value):
    public = {
        "status_code": value.status_code,
        "reason_phrase": value.reason_phrase,
        "headers": {str(name): text for name, text in value.items()},
        "cookies": forms.attempt(value.cookies.output),
        "streaming": bool(value.streaming),
    }
    if not value.streaming:
        content = forms.attempt(lambda: value.content)
        public["content"] = content
        if type(content) is bytes:
            public["content"] = forms.attempt(content.decode, value.charset)
            if public["content"][:8] == "<raises ":
                public["content"] = content
    return forms.thing(writer, value, public)


def _request(writer, value):
    names = ("method", "path", "path_info", "GET", "POST", "COOKIES", "content_type", "encoding")
    public = {name: forms.attempt(lambda name=name: getattr(value, name, None)) for name in names}
    return forms.thing(writer, value, public)


def _deconstructible(writer, value):
    """What is defined by how it would be written: a field, an operation of a migration, a constraint."""
    return forms.thing(writer, value, {"deconstruct": list(value.deconstruct())})


def _expression(writer, value):
    """An expression by its state, and the arguments that make it where it knows them."""
    public = {name: item for name, item in _attributes(value).items() if name[:1] != "_"}
    identity = forms.attempt(getattr, value, "identity", None)
    if type(identity) is tuple:
        public["identity"] = list(identity)
    elif not public:
        return writer.object(value)
    return forms.thing(writer, value, public)


def _lookup(writer, value):
    public = {"lookup_name": value.lookup_name, "lhs": value.lhs, "rhs": value.rhs}
    public["bilateral"] = list(getattr(value, "bilateral_transforms", ()))
    return forms.thing(writer, value, public)


def _q(writer, value):
    """A condition by its tree, whose text differs between versions."""
    public = {
        "connector": value.connector,
        "negated": bool(value.negated),
        "children": list(value.children),
    }
    return forms.thing(writer, value, public)


def _migration(writer, value):
    names = ("name", "app_label", "operations", "dependencies", "run_before", "replaces", "initial", "atomic")
    return forms.thing(writer, value, {name: getattr(value, name, None) for name in names})


def _check_message(writer, value):
    public = {name: getattr(value, name) for name in ("level", "msg", "hint", "id", "obj")}
    public["msg"] = str(public["msg"])
    return forms.thing(writer, value, public)


def _lazy(writer, value):
    """A lazy string, by the text that it has now."""
    base = writer.write(str(value))
    return {"t": "subclass", "type": "django.utils.functional.Promise", "base": base, "public": {}}


def _lazy_object(writer, value):
    """A lazy object by what it stands for; where it was not made yet, it stays so."""
    wrapped = reading.attributes(value).get("_wrapped")
    if wrapped is None or reading.type_name(type(wrapped)) == "builtins.object":
        return writer.object(value)
    return forms.thing(writer, value, {"wrapped": wrapped})


RULES = {
    "Model": _model,
    "QuerySet": _queryset,
    "RawQuerySet": _raw_queryset,
    "BaseForm": _form,
    "BaseFormSet": _formset,
    "BoundField": _bound_field,
    "HttpResponseBase": _response,
    "HttpRequest": _request,
    "Migration": _migration,
    "Operation": _deconstructible,
    "BaseConstraint": _deconstructible,
    "BaseExpression": _expression,
    "F": _expression,
    "Lookup": _lookup,
    "Q": _q,
    "CheckMessage": _check_message,
    "Promise": _lazy,
    "SimpleLazyObject": _lazy_object,
    "django.db.models.fields.Field": _deconstructible,
    "django.db.models.indexes.Index": _deconstructible,
}
