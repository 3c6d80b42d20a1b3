"""Decimal digits of large integers."""

import sys

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_ALWAYS_ALLOWED_BITS = 14000  # about 4300 digits, above which newer interpreters refuse to convert
_get_limit = getattr(sys, "get_int_max_str_digits", None)
_set_limit = getattr(sys, "set_int_max_str_digits", None)


def decimal(value, bits):
    """The digits of an int of that many bits, even where the interpreter limits their number."""
    if _set_limit is None or bits <= _ALWAYS_ALLOWED_BITS:
        return int.__repr__(value)
    limit = _get_limit()
    _set_limit(0)
    try:
        return int.__repr__(value)
    finally:
        _set_limit(limit)
