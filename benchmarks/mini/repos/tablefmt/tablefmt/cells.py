"""The text of single cells."""


def cell_text(value, fill=""):
    """The text of a value; ``fill`` stands for None.

    >>> cell_text(1.5)
    '1.5'
    >>> cell_text(None, fill="-")
    '-'
    """
    if value is None:
        return fill
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def align(text, width, side="left"):
    """Pad a text to a width.

    >>> align("ab", 4, "right")
    '  ab'
    """
    if side == "left":
        return text.ljust(width)
    if side == "right":
        return text.rjust(width)
    if side == "center":
        return text.center(width)
    raise ValueError("unknown side: %r" % (side,))
