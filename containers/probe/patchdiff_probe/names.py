"""Functions, classes and modules by the qualified name that reaches them."""

import functools
import types

from patchdiff_probe import reading, safe

__builtins__ = safe.BUILTINS

# The module whose names are the variables of a program.
NAMESPACE = "__patchdiff__"

_METHOD_WRAPPER = type("".__str__)

BOUND_TYPES = frozenset([types.MethodType, types.BuiltinFunctionType, _METHOD_WRAPPER])

NAMED_TYPES = BOUND_TYPES | frozenset(
    [
        types.FunctionType,
        types.ModuleType,
        type(str.upper),  # method_descriptor
        type(str.__str__),  # wrapper_descriptor
        type(dict.__dict__["fromkeys"]),  # classmethod_descriptor
        type(functools.lru_cache()(lambda: None)),
    ]
)


def reach(value):
    """``{"t": "name", ...}`` for what a name reaches or stands for; None for lambdas, closures, bound methods and the like."""
    if type(value) is types.ModuleType:
        return _name("module", reading.module_dict(value).get("__name__"))
    if reading.is_class(value):
        if reading.is_static(value):  # there is one of that name, also where no module has it: NoneType, generator
            return _name("class", reading.type_name(value))
        return _reached(value, "class", reading.class_module(value), reading.qualname(value))
    if type(value) in (types.MethodType, _METHOD_WRAPPER):
        return None
    owner = getattr(value, "__objclass__", None)
    if owner is not None:
        return _name("function", "%s.%s" % (reading.type_name(owner), value.__name__))
    module = getattr(value, "__module__", None)
    return _reached(value, "function", module, getattr(value, "__qualname__", None))


def _reached(value, kind, module, qualname):
    if type(module) is not str or type(qualname) is not str or "<" in qualname:
        return None
    if module != NAMESPACE and reading.lookup(module, qualname) is not value:
        return None
    return _name(kind, "%s.%s" % (module, qualname))


def _name(kind, name):
    return {"t": "name", "kind": kind, "v": name} if type(name) is str else None
