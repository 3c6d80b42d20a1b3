"""Functions that no name leads to: lambdas, closures, what decorators return.

Their code is neither compared nor run.
"""

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


def write(writer, value):
    """The form of a function as an object: its public attributes, and privately its parameters."""
    public = {name: item for name, item in reading.attributes(value).items() if name[:1] != "_"}
    name = _name(value)
    if name != _code(value).co_name:  # as `functools.wraps` sets it
        public["__name__"] = name
    return {
        "t": "object",
        "type": "builtins.function",
        "public": writer.mapping(public),
        "private": {"parameters": {"t": "str", "v": _parameters(value)}},
    }


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
