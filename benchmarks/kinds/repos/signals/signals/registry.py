"""Signals by name."""

from signals.signal import Signal


class Registry:
    """Makes each signal when it is first asked for.

    >>> registry = Registry()
    >>> registry.signal("saved") is registry.signal("saved")
    True
    """

    def __init__(self):
        self._signals = {}

    def signal(self, name):
        """The signal of that name."""
        if name not in self._signals:
            self._signals[name] = Signal(name)
        return self._signals[name]

    def names(self):
        """The names of all signals, in alphabetical order."""
        return sorted(self._signals)

    def broadcast(self, **facts):
        """Send the facts to all signals; answers by the signal's name.

        A signal with a receiver that fails answers None, so that the others are sent.
        """
        answers = {}
        for name in self.names():
            try:
                answers[name] = self._signals[name].fire(**facts)
            except Exception:
                answers[name] = None
        return answers
