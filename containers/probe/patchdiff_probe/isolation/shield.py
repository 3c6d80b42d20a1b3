"""Whether other processes of the same user may look into this one, where the system can tell them apart."""

from patchdiff_probe import safe
from patchdiff_probe.isolation.orphans import prctl

__builtins__ = safe.BUILTINS

_PR_SET_DUMPABLE = 4


def raise_shield():
    """Keep memory, descriptors and environment of this process from the code that it watches."""
    prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def lower_shield():
    """Be as any process again: a child that is going to run code under test has inherited the shield."""
    prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
