"""Makes what is random to code under test the same on every side and in every run."""

import re

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

# The random part of a temporary file's name, whatever stands around it.
TEMPORARY_NAME = re.compile(r"__pd[0-9]{4,}")


class _TemporaryNames:
    """Replaces the random names of ``tempfile``, which tries the next name when one is taken."""

    def __init__(self):
        self._count = 0

    def __iter__(self):
        return self

    def __next__(self):
        self._count += 1
        return "__pd%04d" % self._count


def seed():
    """Seed the random generators that are loaded."""
    for name in ("random", "numpy.random"):
        module = safe.MODULES.get(name)
        if module is not None:
            try:
                module.seed(0)
            except Exception:
                continue  # replaced by code under test
    tempfile = safe.MODULES.get("tempfile")
    if tempfile is not None:
        tempfile._name_sequence = _TemporaryNames()
