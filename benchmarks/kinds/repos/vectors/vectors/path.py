"""Steps from the origin."""

from vectors.vector import Vector


class Path:
    """Where one gets by a number of steps.

    >>> Path([Vector(1, 0), Vector(0, 1)]).points()
    [Vector(0, 0), Vector(1, 0), Vector(1, 1)]
    """

    def __init__(self, steps=()):
        self.steps = list(steps)

    def points(self):
        """The origin, and the point after each step."""
        result = [Vector(0, 0)]
        for step in self.steps:
            result.append(result[-1] + step)
        return result

    def length(self):
        """How far one walks."""
        return sum(abs(step) for step in self.steps)
