"""Functions, classes and modules in canonical form: by the qualified name under which they are found."""

import functools
import types

from patchdiff_probe import safe
from patchdiff_probe.values import reading

__builtins__ = safe.BUILTINS

# The module whose names are the variables of a program.
NAMESPACE = "__console__"

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


def write(value):
    """``{"t": "name", ...}``.

    None for what no name leads to: lambdas, closures, bound methods and the like.
    """
    if type(value) is types.ModuleType:
        return _name("module", reading.module_dict(value).get("__name__"))
    if reading.is_class(value):
        if reading.is_static(value):  # unique by its name, even where no module has it: NoneType, generator
            return _name("class", reading.type_name(value))
        return _write_if_found(value, "class", reading.class_module(value), reading.qualname(value))
    if type(value) in (types.MethodType, _METHOD_WRAPPER):
        return None
    owner = getattr(value, "__objclass__", None)
    if owner is not None:
        return _name("function", "%s.%s" % (reading.type_name(owner), value.__name__))
    module = getattr(value, "__module__", None)
    return _write_if_found(value, "function", module, getattr(value, "__qualname__", None))


def _write_if_found(value, kind, module, qualname):
    if type(module) is not str or type(qualname) is not str or "<" in qualname:
        return None
    if module != NAMESPACE and reading.lookup(module, qualname) is not value:
        return None
    return _name(kind, "%s.%s" % (module, qualname))


def _name(kind, name):
    return {"t": "name", "kind": kind, "v": name} if type(name) is str else None
