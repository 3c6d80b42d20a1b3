"""Limits the operating system keeps for a process that runs code under test."""

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
resource = safe.resource

FILE_BYTES = 64 * 1024 * 1024


def apply(memory_mb):
    """Limit address space and file size and forbid core dumps, for this process and its children."""
    memory = memory_mb * 1024 * 1024
    for what, bound in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        if hard == resource.RLIM_INFINITY or hard > bound:
            resource.setrlimit(what, (bound, bound))
