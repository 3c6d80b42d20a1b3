"""Names that match a pattern."""

from globs.braces import expand


def match(pattern, name):
    """Whether a name matches: ``*`` stands for any text, ``?`` for one character.

    >>> match("*.tx?", "notes.txt")
    True
    """
    head, star, tail = pattern.partition("*")
    if not star:
        return _same(head, name)
    rest = len(name) - len(tail)
    return rest >= len(head) and _same(head, name[: len(head)]) and _same(tail, name[rest:])


def select(pattern, names):
    """The names that match a pattern, which may have groups ``{a,b}``.

    >>> select("{a,b}*", ["apple", "berry", "cherry"])
    ['apple', 'berry']
    """
    patterns = expand(pattern)
    return [name for name in names if any(match(each, name) for each in patterns)]


def _same(pattern, text):
    if len(pattern) != len(text):
        return False
    return all(expected in ("?", actual) for expected, actual in zip(pattern, text))
