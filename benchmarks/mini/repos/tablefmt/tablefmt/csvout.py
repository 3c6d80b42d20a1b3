"""Comma-separated output for other programs."""

from tablefmt.cells import cell_text


def quote(text):
    """Quote a field where it needs to be.

    >>> quote("a,b")
    '"a,b"'
    """
    if any(character in text for character in ',"\n'):
        return '"%s"' % text.replace('"', '""')
    return text


def to_csv(rows):
    """One line per row, every value with all its digits.

    >>> to_csv([["a", 1], ["b, c", None]])
    'a,1\\n"b, c",\\n'
    """
    return "".join(",".join(quote(cell_text(value)) for value in row) + "\n" for row in rows)
