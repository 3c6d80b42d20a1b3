"""Groups of alternatives."""

import re

_GROUP = re.compile(r"\{([^{}]*,[^{}]*)\}")


def expand(pattern):
    """All patterns that one with a group stands for. Braces without a comma between them are not special.

    >>> expand("img.{png,jpg}")
    ['img.png', 'img.jpg']
    """
    group = _GROUP.search(pattern)
    if group is None:
        return [pattern]
    before, after = pattern[: group.start()], pattern[group.end() :]
    return [before + choice + after for choice in group.group(1).split(",")]
