"""Records warnings as ``warnings.catch_warnings(record=True)`` does.

Code under test may have replaced that.
"""

import warnings

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_ALWAYS = ("always", None, Warning, None, 0)
_REPLACED = ("filters", "showwarning", "_showwarnmsg_impl")
_filters_mutated = warnings._filters_mutated
_show = warnings._showwarning_orig


class WarningLog:
    """A context that records every warning. ``caught``: (category, message object) of each, in order."""

    def __enter__(self):
        self.caught = []
        self._before = [(name, getattr(warnings, name)) for name in _REPLACED]
        warnings.filters = [_ALWAYS] + list(warnings.filters)
        warnings.showwarning = _show
        warnings._showwarnmsg_impl = self._record
        _filters_mutated()
        return self

    def __exit__(self, *_):
        for name, value in self._before:
            setattr(warnings, name, value)
        _filters_mutated()

    def _record(self, warning):
        self.caught.append((warning.category, warning.message))
