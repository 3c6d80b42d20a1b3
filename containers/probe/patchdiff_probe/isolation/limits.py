"""Limits that the operating system enforces on a process that runs code under test."""

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os
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


def leave_room(memory_mb):
    """Lower the limit on address space to what this process uses now and ``memory_mb`` more.

    Does nothing where the system does not say how much it uses.
    """
    try:
        fd = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return
    try:
        pages = int(os.read(fd, 256).split()[0])
    finally:
        os.close(fd)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = pages * resource.getpagesize() + memory_mb * 1024 * 1024
    if soft == resource.RLIM_INFINITY or bound < soft:
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
