"""Groups of items that follow each other."""

import itertools


def windows(items, size):
    """Every run of ``size`` neighbours, as a list.

    >>> [sum(window) for window in windows([1, 2, 3, 4], 2)]
    [3, 5, 7]
    """
    if size < 1:
        raise ValueError("a window needs at least one item")
    known = list(items)
    for start in range(len(known) - size + 1):
        yield known[start : start + size]


def chunks(items, size):
    """The items in lists of ``size``; the last one may be shorter.

    >>> list(chunks("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    if size < 1:
        raise ValueError("a chunk needs at least one item")
    iterator = iter(items)
    while True:
        chunk = list(itertools.islice(iterator, size))
        if not chunk:
            return
        yield chunk
