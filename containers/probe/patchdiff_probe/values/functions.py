"""Callables that no name leads to: lambdas, closures, what decorators return, partials, bound methods.

Their code is neither compared nor run.
"""

import functools
import types

from patchdiff_probe import safe
from patchdiff_probe.values import reading

__builtins__ = safe.BUILTINS

_OF = vars(types.FunctionType)
_code = _OF["__code__"].__get__
_name = _OF["__name__"].__get__
_defaults = _OF["__defaults__"].__get__
_keyword_defaults = _OF["__kwdefaults__"].__get__
_VAR_POSITIONAL = 0x04
_VAR_KEYWORD = 0x08
_PARTIAL = ("func", "args", "keywords")
_MEMOISED = type(functools.lru_cache()(lambda: None))


def write(writer, value):
    """The form of a function as an object: its public attributes, and privately its parameters."""
    public = _attributes(value)
    name = _name(value)
    if name != _code(value).co_name:  # as `functools.wraps` sets it
        public["__name__"] = name
    private = {"parameters": {"t": "str", "v": _parameters(value)}}
    return _form("builtins.function", writer.mapping(public), private)


def write_partial(writer, value):
    """The form of a partial: what callers may have set on it, and privately what it calls."""
    public = _attributes(value)
    found = reading.attributes(value)
    if "__name__" in found:  # as `functools.update_wrapper` sets it
        public["__name__"] = found["__name__"]
    for name in _PARTIAL:
        public.pop(name, None)
    writer.inside_objects += 1
    try:
        private = writer.mapping({name: getattr(value, name) for name in _PARTIAL})
        return _form(reading.type_name(type(value)), writer.mapping(public), private)
    finally:
        writer.inside_objects -= 1


def write_memoised():
    """The form of a function with ``functools.lru_cache``."""
    return _form("functools._lru_cache_wrapper", {})


def write_bound(writer, value):
    """The form of a bound method: its name and what it belongs to, privately where the name is private."""
    parts = {"function": value.__name__, "self": value.__self__}
    if type(parts["function"]) is str and parts["function"][:1] == "_":
        return _form("builtins.method", {}, writer.mapping(parts))
    return _form("builtins.method", writer.mapping(parts))


def is_memoised(value):
    """Whether ``functools.lru_cache`` made the value."""
    return type(value) is _MEMOISED


def only_callable(cls):
    """Whether the instances of a class can be called and have no other public method."""
    if reading.defining_class(cls, "__call__") is None:
        return False
    return not any(
        name[:1] != "_"
        for base in reading.mro(cls)
        if base is not object
        for name in reading.class_dict(base)
        if type(name) is str
    )


def _attributes(value):
    return {name: item for name, item in reading.attributes(value).items() if name[:1] != "_"}


def _form(type_name, public, private=None):
    form = {"t": "object", "type": type_name, "public": public, "calls": True}
    if private is not None:
        form["private"] = private
    return form


def _parameters(function):
    """The parameters as text, with names only where callers need them."""
    code = _code(function)
    count, flags = code.co_argcount, code.co_flags
    optional = len(_defaults(function) or ())
    parts = ["_"] * (count - optional) + ["_="] * optional
    keywords = code.co_varnames[count : count + code.co_kwonlyargcount]
    if flags & _VAR_POSITIONAL:
        parts.append("*_")
    elif keywords:
        parts.append("*")
    defaults = _keyword_defaults(function) or {}
    parts.extend(sorted(name + "=" if name in defaults else name for name in keywords))
    if flags & _VAR_KEYWORD:
        parts.append("**_")
    return "(%s)" % ", ".join(parts)
