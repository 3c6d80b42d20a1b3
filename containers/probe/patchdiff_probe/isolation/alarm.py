"""A time limit inside the process: an exception that ordinary ``except Exception`` does not catch."""

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
signal = safe.signal

# An alarm that code under test swallowed is raised again after this many seconds: long enough for a busy
# machine to deal with the first one, which a second would disturb.
_AGAIN = 0.25


class Alarm(BaseException):
    """Raised in the main thread when the time is up."""


class _Clock:
    armed = False
    rang = False


def _ring(signum, frame):
    if _Clock.armed:
        _Clock.rang = True
        raise Alarm("the time was up")


def arm(seconds):
    """Raise ``Alarm`` in the main thread after ``seconds``, again and again until ``disarm``."""
    signal.signal(signal.SIGALRM, _ring)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGALRM,))
    _Clock.armed = True
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), _AGAIN)


def disarm():
    """Stop the alarm."""
    _Clock.armed = False
    signal.setitimer(signal.ITIMER_REAL, 0)


def take_rang():
    """Whether the time was up since this was last asked, even where code swallowed the exception."""
    rang = _Clock.rang
    _Clock.rang = False
    return rang


def call_within(seconds, function):
    """Call ``function()``.

    Returns (True, result), or (False, None) when it was interrupted after ``seconds``.
    """
    try:
        try:
            arm(seconds)
            return True, function()
        finally:
            disarm()
    except Alarm:
        disarm()
        return False, None
