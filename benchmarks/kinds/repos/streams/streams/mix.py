"""One stream from several, or from less of one."""


def interleave(*iterables):
    """One item of each in turn.

    >>> "".join(interleave("abc", "123"))
    'a1b2c3'
    """
    for group in zip(*iterables):
        for item in group:
            yield item


def unique(items, key=None):
    """The items without those whose key came before.

    >>> list(unique([1, -1, 2], key=abs))
    [1, 2]
    """
    seen = set()
    for item in items:
        mark = item if key is None else key(item)
        if mark not in seen:
            seen.add(mark)
            yield item
