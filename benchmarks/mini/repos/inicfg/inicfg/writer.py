"""From sections to text."""


def dump(sections):
    """Write sections so that they can be read again.

    >>> print(dump({"a": {"x": "1"}}))
    [a]
    x = 1
    """
    blocks = []
    for name, options in sections.items():
        lines = ["[%s]" % name] if name else []
        lines += ["%s = %s" % (key, value) for key, value in options.items()]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
