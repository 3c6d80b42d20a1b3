"""A cache whose entries live for a limited time."""

import time


class TTLCache:
    """Keeps values for ``ttl`` seconds; an entry is gone once its time is up.

    >>> from jobq.clock import ManualClock
    >>> clock = ManualClock()
    >>> cache = TTLCache(10, clock)
    >>> cache.put("a", 1)
    >>> clock.advance(10)
    >>> cache.get("a", "gone")
    'gone'
    """

    def __init__(self, ttl, clock=time.monotonic):
        self.ttl = ttl
        self._clock = clock
        self._entries = {}

    def put(self, key, value, ttl=None):
        """Store a value, for ``ttl`` seconds where the cache's own do not fit."""
        lifetime = self.ttl if ttl is None else ttl
        self._entries[key] = (value, self._clock() + lifetime)

    def get(self, key, default=None):
        """The value of a live entry, or ``default``."""
        if key not in self._entries:
            return default
        value, expires = self._entries[key]
        return default if self._clock() >= expires else value

    def keys(self):
        """The keys, oldest first."""
        return list(self._entries)

    def items(self):
        """Pairs of key and value, oldest first."""
        return [(key, value) for key, (value, _) in self._entries.items()]

    def purge(self):
        """Drop the entries whose time is up and say how many there were."""
        now = self._clock()
        dead = [key for key, (_, expires) in self._entries.items() if now >= expires]
        for key in dead:
            del self._entries[key]
        return len(dead)

    def __contains__(self, key):
        return key in self._entries

    def __len__(self):
        return len(self._entries)
