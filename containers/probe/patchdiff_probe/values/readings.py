"""Attributes that the host asks for by class and name: an object may compute what another one stores."""

from patchdiff_probe import safe
from patchdiff_probe.isolation.alarm import Alarm
from patchdiff_probe.values import reading

__builtins__ = safe.BUILTINS

_NOTHING = frozenset()
# In place of a name: all private attributes.
PRIVATE = "*"


class Readings:
    """What to read of objects beside what they store. ``names``: ``module.Class.attribute``."""

    def __init__(self, names=()):
        self._names = {}
        for name in names:
            owner, _, attribute = name.rpartition(".")
            self._names.setdefault(owner, set()).add(attribute)

    def wants_private(self, value):
        """Whether the private attributes of an object were asked for."""
        return bool(self._names) and PRIVATE in self._of(value)

    def add_to(self, public, value):
        """Add to the public attributes what reading the names gives, without names that it lacks."""
        if not self._names:
            return
        for name in sorted(self._of(value)):
            if name == PRIVATE or name in public:
                continue
            try:
                public[name] = getattr(value, name)
            except (Alarm, MemoryError):
                raise
            except AttributeError:
                continue
            except BaseException as error:
                public[name] = "<raises %s>" % reading.type_name(type(error))

    def _of(self, value):
        return self._names.get(reading.type_name(type(value)), _NOTHING)


NONE = Readings()
