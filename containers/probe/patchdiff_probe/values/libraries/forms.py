"""Forms that the modules of all libraries write."""

from patchdiff_probe import safe
from patchdiff_probe.isolation.alarm import Alarm
from patchdiff_probe.values import reading

__builtins__ = safe.BUILTINS


def thing(writer, value, public, private=None):
    """An object by what its users compare; ``private``: what they hardly rely on. Both by name."""
    form = {"t": "object", "type": reading.type_name(type(value))}
    return _filled(writer, form, public, private)


def holder(writer, value, base, public, private=None):
    """An object that holds the content ``base``, a canonical form."""
    form = {"t": "subclass", "type": reading.type_name(type(value)), "base": base}
    return _filled(writer, form, public, private)


def _filled(writer, form, public, private):
    writer.inside_objects += 1
    try:
        form["public"] = writer.mapping(public)
        if private and not writer.digesting:
            form["private"] = writer.mapping(private)
    finally:
        writer.inside_objects -= 1
    return form


def plain_list(writer, items):
    """The form of items as a list."""
    return {"t": "list", "items": writer.sequence(items)}


def plain_dict(writer, pairs, ordered=False):
    """The form of (name, value) pairs as a dictionary; ``ordered`` where their order matters."""
    pairs = list(pairs) if ordered else sorted(pairs, key=_first)
    entries = [[writer.write(key), writer.write(item)] for key, item in pairs]
    return {"t": "dict", "ordered": ordered, "entries": entries}


def _first(pair):
    return pair[0]


def public_attributes(value):
    """The instance attributes of a value whose names are public."""
    return {name: item for name, item in reading.attributes(value).items() if name[:1] != "_"}


def attempt(function, *arguments):
    """What a function of a library gives, or which exception it raised, as text."""
    try:
        return function(*arguments)
    except (Alarm, MemoryError):
        raise
    except BaseException as error:
        return "<raises %s>" % reading.type_name(type(error))


def module(name):
    """A module that the code under test has loaded; raises KeyError where it has not."""
    return safe.MODULES[name]
