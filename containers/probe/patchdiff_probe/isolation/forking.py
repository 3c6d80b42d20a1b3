"""Forking without the warning about threads, which a filter could turn into an error."""

import warnings

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os
_catch_warnings = warnings.catch_warnings
_simplefilter = warnings.simplefilter


def fork():
    """``os.fork()``; 0 in the child."""
    with _catch_warnings():
        _simplefilter("ignore")
        return os.fork()
