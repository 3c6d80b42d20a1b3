"""Dictionaries in dictionaries."""


def get_path(data, path, default=None, sep="."):
    """The value at a path of keys.

    >>> get_path({"db": {"port": 5432}}, "db.port")
    5432
    """
    for key in path.split(sep):
        if not isinstance(data, dict) or key not in data:
            return default
        data = data[key]
    return data


def merge(settings, changes):
    """The settings with some of them changed.

    >>> merge({"port": 1, "host": "a"}, {"port": 2})
    {'port': 2, 'host': 'a'}
    """
    result = dict(settings)
    result.update(changes)
    return result
