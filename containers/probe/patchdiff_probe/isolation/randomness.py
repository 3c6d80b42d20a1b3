"""Makes what is random to code under test the same on every side and in every run."""

import re
import zlib

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_crc32 = zlib.crc32
# The random part of a temporary file's name, whatever stands around it.
TEMPORARY_NAME = re.compile(r"__[0-9]{4,}__")


class _TemporaryNames:
    """Replaces the random names of ``tempfile``, which tries the next name when one is taken."""

    def __init__(self):
        self._count = 0

    def __iter__(self):
        return self

    def __next__(self):
        self._count += 1
        return "__%04d__" % self._count


def seed(base, text=""):
    """Seed the random generators that are loaded: by a number of this run that code under test cannot know,
    and by the text that is going to be run, so that no two inputs begin with the same numbers.
    """
    number = _crc32(text.encode("utf-8", "surrogatepass"), base & 0xFFFFFFFF)
    for name in ("random", "numpy.random"):
        module = safe.MODULES.get(name)
        if module is not None:
            try:
                module.seed(number)
            except Exception:
                continue  # replaced by code under test
    tempfile = safe.MODULES.get("tempfile")
    if tempfile is not None:
        tempfile._name_sequence = _TemporaryNames()
