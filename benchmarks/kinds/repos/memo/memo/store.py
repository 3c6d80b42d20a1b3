"""Where results are kept."""

import collections


class Store:
    """A mapping that forgets the entry used longest ago when it is full.

    >>> store = Store(2)
    >>> for number in (1, 2, 3):
    ...     store.put(number, number * number)
    >>> store.get(1, "forgotten")
    'forgotten'
    """

    def __init__(self, size):
        self.size = size
        self._entries = collections.OrderedDict()

    def get(self, key, default=None):
        """The value of a key, which counts as a use of it."""
        if key not in self._entries:
            return default
        self._entries.move_to_end(key)
        return self._entries[key]

    def put(self, key, value):
        """Keep a value; forgets another where there is no room."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        while len(self._entries) > self.size:
            self._entries.popitem(last=False)

    def clear(self):
        """Forget everything."""
        self._entries.clear()

    def __len__(self):
        return len(self._entries)
