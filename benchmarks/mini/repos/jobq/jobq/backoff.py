"""How long to wait before trying again."""

MOST_ATTEMPTS = 1000


def delays(attempts, first=1.0, factor=2.0, limit=None):
    """The seconds to wait before each attempt; none is longer than ``limit``.

    >>> delays(4, limit=3.0)
    [1.0, 2.0, 3.0, 3.0]
    """
    if attempts > MOST_ATTEMPTS:
        raise ValueError("too many attempts: %r" % (attempts,))
    result = []
    delay = first
    for _ in range(attempts):
        result.append(delay)
        delay = delay * factor
        if limit is not None:
            delay = min(delay, limit)
    return result
