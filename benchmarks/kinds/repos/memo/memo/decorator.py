"""The decorator."""

import collections
import functools

from memo.store import Store

Info = collections.namedtuple("Info", "hits misses size")


def memoize(size=128):
    """Remember what a function returned, for the arguments it was called with.

    >>> @memoize(size=2)
    ... def square(number):
    ...     return number * number
    >>> square(3) + square(3)
    18
    >>> square.info()
    Info(hits=1, misses=1, size=1)
    """

    def decorate(function):
        store = Store(size)
        counts = {"hits": 0, "misses": 0}

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            key = (args, tuple(sorted(kwargs.items())))
            found = store.get(key)
            if found is not None:
                counts["hits"] += 1
                return found
            counts["misses"] += 1
            result = function(*args, **kwargs)
            store.put(key, result)
            return result

        def info():
            """How often the memory helped, and how much it holds."""
            return Info(counts["hits"], counts["misses"], len(store))

        wrapper.info = info
        wrapper.forget = store.clear
        return wrapper

    return decorate
