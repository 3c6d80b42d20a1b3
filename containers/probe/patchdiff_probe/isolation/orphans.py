"""Processes that outlive the process that started them: adopted, found and killed (on Linux only)."""

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_SIGKILL = int(safe.signal.SIGKILL)
_ROUNDS = 100


def _find_prctl():
    try:
        import ctypes

        return ctypes.CDLL(None).prctl
    except (ImportError, OSError, AttributeError):
        return lambda *arguments: -1


prctl = _find_prctl()


def die_with_parent():
    """Make this process die with its parent."""
    prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def adopt():
    """Become the parent of all descendants whose own parent ends, including those in other sessions."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children():
    """The process ids of this process's children; empty where the system does not list them."""
    try:
        fd = os.open("/proc/self/task/%d/children" % os.getpid(), os.O_RDONLY)
    except OSError:
        return set()
    try:
        return set(map(int, os.read(fd, 1 << 16).split()))
    finally:
        os.close(fd)


def kill_children(spared=frozenset()):
    """Kill all children and the processes they leave behind, except ``spared``."""
    for _ in range(_ROUNDS):
        left = children() - spared
        if not left:
            return
        for pid in left:
            os.kill(pid, _SIGKILL)
        for pid in left:
            os.waitpid(pid, 0)
