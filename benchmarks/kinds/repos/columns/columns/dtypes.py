"""The types that a column may have; each number type holds the values of those before it."""

NUMBERS = ("bool", "int", "float")
PYTHON = {"bool": bool, "int": int, "float": float, "str": str}


def promote(left, right):
    """The dtype that holds the values of both; TypeError when there is none.

    >>> promote("int", "float")
    'float'
    """
    if left == right:
        return left
    if "str" in (left, right):
        raise TypeError("no dtype holds both %s and %s" % (left, right))
    return max(left, right, key=NUMBERS.index)


def infer(values):
    """The narrowest dtype that holds the values; missing ones, None, do not count.

    >>> infer([True, 2, None])
    'int'
    """
    dtype = None
    for value in values:
        if value is not None:
            name = type(value).__name__
            dtype = name if dtype is None else promote(dtype, name)
    return dtype or "float"
