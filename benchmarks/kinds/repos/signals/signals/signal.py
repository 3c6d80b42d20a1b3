"""One signal."""

import contextlib


class Signal:
    """Calls its receivers in the order in which they were connected.

    >>> saved = Signal("saved")
    >>> @saved.connect
    ... def report(path):
    ...     return "saved " + path
    >>> saved.fire(path="a.txt")
    ['saved a.txt']
    """

    def __init__(self, name):
        self.name = name
        self._receivers = []
        self._muted = False

    def connect(self, receiver):
        """Add a receiver; one that is connected already is not called twice."""
        if receiver not in self._receivers:
            self._receivers.append(receiver)
        return receiver

    def disconnect(self, receiver):
        """Remove a receiver; whether it was connected."""
        found = receiver in self._receivers
        if found:
            self._receivers.remove(receiver)
        return found

    def fire(self, **facts):
        """Call all receivers with the facts and return their answers; none while the signal is muted."""
        if self._muted:
            return []
        return [receiver(**facts) for receiver in list(self._receivers)]

    @contextlib.contextmanager
    def muted(self):
        """Nothing is sent inside the ``with`` block."""
        self._muted = True
        yield self
        self._muted = False
