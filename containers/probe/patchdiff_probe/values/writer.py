"""Writes one value in canonical form."""

import collections
import re

from patchdiff_probe import safe
from patchdiff_probe.isolation.alarm import Alarm
from patchdiff_probe.values import functions, kinds, places, reading, rules
from patchdiff_probe.values.libraries.registry import Quiet
from patchdiff_probe.values.readings import NONE
from patchdiff_probe.values.scalars import NODE_COST, SCALARS, write_bytes

__builtins__ = safe.BUILTINS

MAX_DEPTH = 80
_TRUNCATED_SIZE = {"t": "truncated", "why": "size"}
_TRUNCATED_DEPTH = {"t": "truncated", "why": "depth"}
# What an object costs in a digest beside its parts: reading one takes as long as many numbers.
_OBJECT_IN_DIGEST = 512
# Forms that may be equal where the values are not.
_NO_EVIDENCE = frozenset(["opaque", "iterator"])
# What a repr writes for what it leaves out; not the address or identity that the normaliser took out.
_ELLIPSIS = re.compile(r"(?<!0x)(?<!id=)(?:\.\.\.|\u2026)")
_MUTABLE = frozenset([list, dict, set, bytearray, collections.OrderedDict])


class NoDigest(Exception):
    """Some of a value is not in its form, so that equal digests would prove nothing."""


class Canonicaliser:
    """Writes one value, and remembers what its parts share.

    ``digesting``: the form is not kept but only its digest, so that what proves nothing raises ``NoDigest``;
    arrays may leave their bytes out and add a digest to ``exact``.
    """

    def __init__(
        self, normaliser, budget, describe_exception, max_depth=MAX_DEPTH, digesting=False, readings=NONE
    ):
        self.normaliser = normaliser
        self.describe_exception = describe_exception
        self.budget = budget
        self.digesting = digesting
        self.readings = readings
        self.exact = []
        self._max_depth = max_depth
        self._left = budget
        self._count = 0
        self._depth = 0
        self._deepest = 0
        # How many objects hold the part that is being written.
        self.inside_objects = 0
        self._cuts = 0
        self._numbers = {}  # id -> number, of mutable builtins seen and of everything on the path
        self._memo = {}  # id -> (value kept alive, canonical, cost, numbered nodes)
        self._kept = []  # keeps numbered values alive, so that no other object gets their ids

    @property
    def exhausted(self):
        """Whether the budget is used up."""
        return self._left <= 0

    @property
    def cut_by_size(self):
        """Whether something was left out because the budget was used up."""
        return self._cuts > 0 and self.exhausted

    def can_be_shallower(self, depth):
        """Whether the budget is used up, partly by what is more than ``depth`` deep."""
        return self.exhausted and self._deepest > depth

    def spend(self, cost):
        """Take ``cost`` bytes from the budget; False when it did not have them."""
        self._left -= cost
        return self._left >= 0

    def write(self, value):
        """The canonical form of a part."""
        scalar = SCALARS.get(type(value))
        if scalar is not None:
            return scalar(self, value)
        if self.exhausted:
            return self.truncated()
        if self._depth >= self._max_depth:
            self._cuts += 1
            if self.digesting:
                raise NoDigest
            return _TRUNCATED_DEPTH
        identity = id(value)
        number = self._numbers.get(identity)
        if number is not None:
            self.spend(NODE_COST)
            return {"t": "ref", "n": number}
        known = self._memo.get(identity)
        if known is not None:
            self._count += known[3]
            return known[1] if self.spend(known[2]) else self.truncated()
        return self._write_new(value, identity)

    def truncated(self):
        """The form of what is left out because the budget is exhausted."""
        self._cuts += 1
        if self.digesting:
            raise NoDigest
        return _TRUNCATED_SIZE

    def _write_new(self, value, identity):
        count, left, cuts = self._count, self._left, self._cuts
        self._kept.append(value)
        self._numbers[identity] = count
        self._count += 1
        self._depth += 1
        self._deepest = max(self._deepest, self._depth)
        self.spend(NODE_COST)
        try:
            result = self._dispatch(value)
        except (Alarm, MemoryError, NoDigest):
            raise
        except BaseException as error:
            self.spend(NODE_COST)
            result = rules.opaque(value, "unreadable: " + type(error).__name__)
        finally:
            self._depth -= 1
        if self.digesting and (result["t"] in _NO_EVIDENCE or result.get("private") or "cut" in result):
            raise NoDigest
        if type(value) not in _MUTABLE:
            del self._numbers[identity]
            if self._cuts == cuts:
                self._memo[identity] = (value, result, left - self._left, self._count - count)
        return result

    def _dispatch(self, value, kind_and_detail=None):
        cls = type(value)
        container = _CONTAINERS.get(cls)
        if container is not None:
            return container(self, value)
        kind, detail = kind_and_detail or kinds.kind_of(cls)
        if kind == "library":
            return self._by_library(value, *detail)
        if kind == "builtin":
            return self.subclass(value, self.as_builtin(value, detail))
        if kind == "content":
            base, get, public = detail
            return self.subclass(value, self.as_builtin(get(value), base), public)
        if kind == "place":
            return places.write(self, value, detail)
        if kind == "iterator" and iter(value) is not value:
            kind = "object"
        return _KINDS[kind](self, value)

    def _by_library(self, value, rule, otherwise):
        """A value of a known library; as any other where reading it raises."""
        before = self._count, self._left, self._cuts, self.inside_objects, self._depth
        kept = len(self._kept)
        try:
            with Quiet():
                return rule(self, value)
        except (Alarm, MemoryError, NoDigest):
            raise
        except BaseException:
            self._count, self._left, self._cuts, self.inside_objects, self._depth = before
            for part in self._kept[kept:]:
                self._numbers.pop(id(part), None)
            return self._dispatch(value, otherwise)

    def as_builtin(self, value, base):
        """The content of ``value`` as an instance of the builtin type ``base`` would have it."""
        return (SCALARS.get(base) or _CONTAINERS[base])(self, value)

    def subclass(self, value, base, extra=()):
        """A value with the content of a builtin, its public attributes and those named in ``extra``."""
        public = self._public(value, reading.attributes(value))
        public.update((name, getattr(value, name)) for name in extra)
        return {
            "t": "subclass",
            "type": reading.type_name(type(value)),
            "base": base,
            "public": self.mapping(public),
        }

    def mapping(self, attributes):
        """Attributes by name, sorted."""
        result = {}
        for name in sorted(attributes):
            if not self.spend(len(name)):
                result[name] = self.truncated()
                break
            result[name] = self.write(attributes[name])
        return result

    def object(self, value):
        """Any object: public attributes, its own repr, or private attributes where there is neither."""
        cls = type(value)
        text = None
        in_python = reading.is_python_class(cls)
        if reading.has_own_repr(cls):
            text = self._repr(value, in_python)
            if not self.spend(len(text)):
                return self.truncated()
        if not in_python and (text is None or "0x..." in text):
            return rules.opaque(value, "state out of reach")
        if self.digesting:
            self.spend(_OBJECT_IN_DIGEST)
        found = reading.attributes(value)
        self.inside_objects += 1
        try:
            result = {
                "t": "object",
                "type": reading.type_name(cls),
                "public": self.mapping(self._public(value, found)),
            }
            if functions.only_callable(cls):
                result["calls"] = True
            if text is not None:
                result["repr"] = text
                if "..." in text or "\u2026" in text:
                    hidden = not in_python or len(result["public"]) < len(found)
                    if hidden and _ELLIPSIS.search(text):
                        result["cut"] = True
            if self.readings.wants_private(value) or (text is None and not result["public"]):
                result["private"] = self.mapping(
                    {name: item for name, item in found.items() if name[:1] == "_" and name[:2] != "__"}
                )
        finally:
            self.inside_objects -= 1
        return result

    def _public(self, value, attributes):
        public = {name: item for name, item in attributes.items() if name[:1] != "_"}
        self.readings.add_to(public, value)
        return public

    def _repr(self, value, in_python):
        try:
            return self.normaliser.text(repr(value))
        except (Alarm, MemoryError):
            raise
        except BaseException as error:
            if not in_python:
                raise
            return "<repr raises %s>" % reading.type_name(type(error))

    def sequence(self, items):
        """Items in their order, truncated where the budget ends."""
        result = []
        for item in items:
            result.append(self.write(item))
            if self.exhausted:
                result.append(self.truncated())
                break
        return result

    def _sorted(self, kind, items):
        written = []
        for item in items:
            written.append(self.write(item))
            if self.exhausted:
                return self.truncated()  # which items fit depends on the hash seed
        return {"t": kind, "items": sorted(written, key=safe.to_json)}

    def _dict(self, keys, value, ordered):
        entries = []
        for key in keys:
            written = self.write(key)
            if self.exhausted and not ordered:
                return self.truncated()
            entries.append((safe.to_json(written), written, key))
        if not ordered:
            entries.sort(key=_first)
        result = []
        for _, written, key in entries:
            result.append([written, self.write(dict.__getitem__(value, key))])
            if self.exhausted:
                result.append([self.truncated(), _TRUNCATED_SIZE])
                break
        return {"t": "dict", "ordered": ordered, "entries": result}


def _first(entry):
    return entry[0]


_CONTAINERS = {
    list: lambda writer, value: {"t": "list", "items": writer.sequence(list.__iter__(value))},
    tuple: lambda writer, value: {"t": "tuple", "items": writer.sequence(tuple.__iter__(value))},
    set: lambda writer, value: writer._sorted("set", set.__iter__(value)),
    frozenset: lambda writer, value: writer._sorted("frozenset", frozenset.__iter__(value)),
    bytearray: write_bytes,
    dict: lambda writer, value: writer._dict(list(dict.__iter__(value)), value, False),
    collections.OrderedDict: lambda writer, value: writer._dict(
        list(collections.OrderedDict.__iter__(value)), value, True
    ),
}

_KINDS = dict(rules.RULES, object=Canonicaliser.object)
