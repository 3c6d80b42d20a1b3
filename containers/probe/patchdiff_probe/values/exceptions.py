"""Exceptions as facts (``ExceptionFacts`` in the model)."""

import opcode

from patchdiff_probe import safe
from patchdiff_probe.isolation.alarm import Alarm
from patchdiff_probe.values import digests, reading

__builtins__ = safe.BUILTINS
os = safe.os

_MAX_CHAIN = 5
_PROBE = safe.PACKAGE_DIRECTORY + os.sep
_RAISE = opcode.opmap["RAISE_VARARGS"]
_FIELDS = vars(BaseException)


class ExceptionReader:
    """Describes exceptions of one side. ``root``: its tree; ``limit``: of a message, in characters."""

    def __init__(self, root, normaliser, limit):
        self._roots = tuple({os.path.realpath(root) + os.sep, os.path.abspath(root) + os.sep})
        self._normaliser = normaliser
        self._limit = limit

    def describe(self, error, depth=0):
        """The facts of an exception and of what caused it, up to five causes deep."""
        cls = type(error)
        facts = {
            "type": reading.type_name(cls),
            "bases": [reading.type_name(base) for base in reading.mro(cls)[1:] if base is not object],
            "message": self._message(error),
        }
        cause = _cause(error)
        if cause is not None and depth < _MAX_CHAIN:
            facts["cause"] = self.describe(cause, depth + 1)
        place = self._place(_FIELDS["__traceback__"].__get__(error))
        if place is not None:
            facts["at"] = place
        return facts

    def _message(self, error):
        try:
            text = str(error)
        except (Alarm, MemoryError):
            raise
        except BaseException:
            return "<unprintable>"
        return digests.shortened(text, self._limit, self._normaliser.text)

    def _place(self, traceback):
        place = last = None
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if not code.co_filename.startswith(_PROBE):
                last = traceback
                if code.co_filename.startswith(self._roots):
                    place = traceback
            traceback = traceback.tb_next
        place = place or last
        if place is None:
            return None
        code = place.tb_frame.f_code
        facts = {"line": place.tb_lineno, "function": code.co_name, "explicit": _explicit(place)}
        for root in self._roots:
            if code.co_filename.startswith(root):
                facts["file"] = code.co_filename[len(root) :]
        return facts


def _explicit(traceback):
    """Whether a ``raise`` or ``assert`` statement ended the frame, according to its bytecode.

    A frame of a compiled module has no bytecode.
    """
    code = traceback.tb_frame.f_code.co_code
    return 0 <= traceback.tb_lasti < len(code) and code[traceback.tb_lasti] == _RAISE


def _cause(error):
    cause = _FIELDS["__cause__"].__get__(error)
    if cause is None and not _FIELDS["__suppress_context__"].__get__(error):
        cause = _FIELDS["__context__"].__get__(error)
    return cause
