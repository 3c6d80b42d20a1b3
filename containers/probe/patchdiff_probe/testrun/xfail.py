"""Whether a test is expected to fail, evaluated from its ``xfail`` marks (pytest 3 to 9)."""

import builtins
import os
import platform
import sys

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS


class Expectation:
    """An active ``xfail`` mark: ``raises`` limits it to these exceptions, ``strict`` forbids passing."""

    def __init__(self, raises, strict):
        self._raises = raises
        self.strict = strict

    def covers(self, error):
        """Whether an exception is the expected failure."""
        return self._raises is None or isinstance(error, self._raises)


def expectation(item):
    """The first ``xfail`` mark of a test whose condition holds, or None."""
    for mark in _marks(item):
        conditions = list(mark.args)
        if "condition" in mark.kwargs:
            conditions.append(mark.kwargs["condition"])
        if not conditions or any(_holds(condition, item) for condition in conditions):
            strict = mark.kwargs.get("strict")
            return Expectation(
                mark.kwargs.get("raises"), _strict_by_default(item) if strict is None else strict
            )
    return None


def _marks(item):
    if hasattr(item, "iter_markers"):
        return list(item.iter_markers("xfail"))
    mark = item.get_marker("xfail")
    return [] if mark is None else list(mark)


def _holds(condition, item):
    if not isinstance(condition, str):
        return bool(condition)
    # The modules and builtins that the tests use, not the probe's own references to them.
    names = {"__builtins__": builtins, "os": os, "sys": sys, "platform": platform, "config": item.config}
    names.update(getattr(getattr(item, "obj", None), "__globals__", {}))
    return bool(eval(condition, names))


def _strict_by_default(item):
    for name in ("strict_xfail", "xfail_strict"):
        try:
            if item.config.getini(name):
                return True
        except (KeyError, ValueError):
            continue
    return False
