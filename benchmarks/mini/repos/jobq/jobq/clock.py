"""Time that is set by hand."""


class ManualClock:
    """A clock for tests and simulations.

    >>> clock = ManualClock()
    >>> clock.advance(2.5)
    >>> clock()
    2.5
    """

    def __init__(self, now=0):
        self.now = now

    def __call__(self):
        return self.now

    def advance(self, seconds):
        """Let time pass."""
        self.now += seconds
