"""Breaking text into lines."""


def wrap(text, width):
    """Break a text at blanks into lines of at most ``width`` characters.

    >>> wrap("the quick brown fox", 10)
    ['the quick', 'brown fox']
    """
    lines = []
    line = []
    for word in text.split():
        if line and len(" ".join(line + [word])) > width:
            lines.append(" ".join(line))
            line = []
        line.append(word)
    if line:
        lines.append(" ".join(line))
    return lines


def paragraph(text, width, indent=""):
    """Wrapped text as one string, every line behind an indent.

    >>> print(paragraph("one two three", 9, indent="> "))
    > one two
    > three
    """
    return "\n".join(indent + line for line in wrap(text, width - len(indent)))
