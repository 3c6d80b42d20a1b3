"""Makes what is random to code under test the same on every side and in every run."""

import re
import zlib

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_crc32 = zlib.crc32
# The random part of a temporary file's name, whatever stands around it.
TEMPORARY_NAME = re.compile(r"__[0-9]{4,}__")

_GENERATORS = ("random", "numpy.random")
_MOST_NUMPY_SEED = 2**32
# What is mixed into every seed that code gives; 0: nothing. And the generators that do so, by name.
_salt = [0]
_salted = set()


class _TemporaryNames:
    """Replaces the random names of ``tempfile``, which tries the next name when one is taken."""

    def __init__(self):
        self._count = 0

    def __iter__(self):
        return self

    def __next__(self):
        self._count += 1
        return "__%04d__" % self._count


def seed(base, text="", variation=0):
    """Seed the random generators that are loaded: by a number of this run that code under test cannot know,
    and by the text that is going to be run, so that no two inputs begin with the same numbers.

    Another ``variation`` than 0 gives other numbers also where code under test then seeds a generator itself:
    which numbers follow from a seed is left to whoever draws them.
    """
    number = _crc32(text.encode("utf-8", "surrogatepass"), base & 0xFFFFFFFF)
    _salt[0] = 0
    for name in _GENERATORS:
        module = safe.MODULES.get(name)
        if module is not None:
            try:
                if variation and name not in _salted:
                    _salted.add(name)
                    _mix_into(name, module)
                module.seed(number)
            except Exception:
                continue  # replaced by code under test
    _salt[0] = variation
    tempfile = safe.MODULES.get("tempfile")
    if tempfile is not None:
        tempfile._name_sequence = _TemporaryNames()


def _mix_into(name, module):
    if name == "random":
        module.Random.seed = _mixing_method(module.Random.seed)
        module.seed = module._inst.seed
    else:
        module.seed = _mixing_function(module.seed)


def _mixing_method(original):
    def seed(self, a=None, version=2):
        if _salt[0] and type(a) in (int, float, str, bytes, bytearray):
            a = "%r+%d" % (a, _salt[0])
        return original(self, a, version)

    return seed


def _mixing_function(original):
    def seed(seed=None):
        if _salt[0] and type(seed) is int:
            seed = (seed + 7919 * _salt[0]) % _MOST_NUMPY_SEED
        return original(seed)

    return seed
