"""Facts about objects and classes, read without running code of theirs.

Properties, ``__getattr__``, metaclass methods and module ``__getattr__`` are never called: everything is read
through the descriptors of ``type`` and the raw dictionaries.
"""

import types

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_TYPE = vars(type)
_raw_class_dict = _TYPE["__dict__"].__get__
_raw_class_mro = _TYPE["__mro__"].__get__
_class_module = _TYPE["__module__"].__get__
_class_qualname = _TYPE["__qualname__"].__get__
_class_flags = _TYPE["__flags__"].__get__
_HEAP_TYPE = 1 << 9
_TYPE_SUBCLASS = 1 << 31
_module_dict = vars(types.ModuleType)["__dict__"].__get__

_MEMBER = types.MemberDescriptorType
_DICT_SLOT = (types.GetSetDescriptorType, types.MemberDescriptorType)


def _class_mro(cls):
    # None for C types that were never asked for it, such as that of functools.cmp_to_key before 3.10.
    return _raw_class_mro(cls) or (cls, object)


def _class_dict(cls):
    return _raw_class_dict(cls) or {}


def mro(cls):
    """The method resolution order of a class."""
    return _class_mro(cls)


def class_dict(cls):
    """The raw dictionary of a class."""
    return _class_dict(cls)


def class_module(cls):
    """What ``cls.__module__`` gives; not necessarily a string."""
    try:
        return _class_module(cls)
    except AttributeError:
        return None


def qualname(cls):
    """The qualified name of a class inside its module."""
    return _class_qualname(cls)


def is_class(value):
    """Whether the value is a class, whatever its ``__class__`` claims."""
    return bool(_class_flags(type(value)) & _TYPE_SUBCLASS)


def is_static(cls):
    """Whether a class belongs to the interpreter or an extension and was not made at run time."""
    return not _class_flags(cls) & _HEAP_TYPE


def module_dict(module):
    """The raw dictionary of a module."""
    return _module_dict(module)


def type_name(cls):
    """``module.qualname``; ``?`` stands for a module that is not a string."""
    module = class_module(cls)
    return "%s.%s" % (module if type(module) is str else "?", _class_qualname(cls))


def defining_class(cls, name):
    """The first class of the resolution order whose dictionary has ``name``, or None."""
    for base in _class_mro(cls):
        if name in _class_dict(base):
            return base
    return None


def has_own_repr(cls):
    """Whether the class, or a base other than ``object``, defines ``__repr__``."""
    return defining_class(cls, "__repr__") is not object


def is_python_class(cls):
    """Whether its instances keep their state where it can be read: in a ``__dict__`` or ``__slots__``."""
    for base in _class_mro(cls):
        names = _class_dict(base)
        if "__slots__" in names or type(names.get("__dict__")) in _DICT_SLOT:
            return True
    return cls is object


def attributes(value):
    """Instance attributes by name: ``__dict__``, then slots and other data members, in resolution order."""
    dicts, members = _layout(type(value))
    found = {}
    for member in dicts:
        state = member.__get__(value)
        if state is not None:
            found.update((key, item) for key, item in dict.items(state) if type(key) is str)
    for name, member in members:
        if name not in found:
            try:
                found[name] = member.__get__(value)
            except AttributeError:
                continue  # an empty slot
    return found


# By the id of a class, as its metaclass may define how it is hashed: the class, its resolution order, the
# result of `_layout`.
_layouts = {}


def _layout(cls):
    """Descriptors of instance dictionaries; names and descriptors of data members."""
    order = _class_mro(cls)
    known = _layouts.get(id(cls))
    if known is None or known[1] is not order:
        items = [item for base in order for item in _class_dict(base).items()]
        dicts = [member for name, member in items if name == "__dict__" and type(member) in _DICT_SLOT]
        members = [item for item in items if item[0] != "__dict__" and type(item[1]) is _MEMBER]
        known = _layouts[id(cls)] = (cls, order, dicts, members)
    return known[2:]


def lookup(module_name, qualname):
    """The object that a qualified name leads to in a loaded module, or None."""
    module = safe.MODULES.get(module_name)
    if type(module) is not types.ModuleType:
        return None
    parts = qualname.split(".")
    value = _module_dict(module).get(parts[0])
    for part in parts[1:]:
        if not is_class(value):
            return None
        base = defining_class(value, part)
        value = None if base is None else _class_dict(base)[part]
    if type(value) in (staticmethod, classmethod):
        return value.__func__
    return value
