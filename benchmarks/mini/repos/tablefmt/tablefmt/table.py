"""Rows as an aligned text table."""

from tablefmt.cells import align, cell_text


def format_table(rows, header=None, fill="", side="left"):
    """Lay out rows in columns.

    Values are converted by :func:`tablefmt.cells.cell_text`; ``fill`` stands where there is no value.

    >>> print(format_table([["pear", 3], ["fig", 12]], header=["fruit", "n"]))
    fruit | n
    ------+---
    pear  | 3
    fig   | 12
    """
    body = [[cell_text(value, fill) for value in row] for row in rows]
    top = [] if header is None else [[str(name) for name in header]]
    grid = top + body
    if not grid:
        return ""
    count = len(grid[0])
    widths = [max(len(row[column]) for row in grid) for column in range(count)]
    lines = [_line(row, widths, side) for row in grid]
    if top:
        lines.insert(1, "-+-".join("-" * width for width in widths))
    return "\n".join(lines)


def _line(row, widths, side):
    cells = [align(text, width, side) for text, width in zip(row, widths)]
    return " | ".join(cells).rstrip()
