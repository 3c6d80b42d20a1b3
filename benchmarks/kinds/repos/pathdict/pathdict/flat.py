"""Dictionaries whose keys are paths."""


def flatten(data, sep="."):
    """One level of keys instead of several.

    >>> flatten({"db": {"port": 5432, "host": "a"}})
    {'db.port': 5432, 'db.host': 'a'}
    """
    return dict(_pairs(data, sep, ()))


def unflatten(flat, sep="."):
    """Several levels of keys instead of one.

    >>> unflatten({"db.port": 5432, "db.host": "a"})
    {'db': {'port': 5432, 'host': 'a'}}
    """
    result = {}
    for path, value in flat.items():
        *parents, last = path.split(sep)
        inner = result
        for key in parents:
            inner = inner.setdefault(key, {})
        inner[last] = value
    return result


def _pairs(data, sep, parents):
    for key, value in data.items():
        keys = parents + (key,)
        if isinstance(value, dict) and value:
            yield from _pairs(value, sep, keys)
        else:
            yield sep.join(keys), value
