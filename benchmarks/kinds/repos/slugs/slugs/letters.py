"""Letters that ASCII does not have."""

REPLACEMENTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "&": " and "}


def replace_letters(text):
    """The text with the replacements made.

    >>> replace_letters("süß & scharf")
    'suess  and  scharf'
    """
    for letter, replacement in REPLACEMENTS.items():
        text = text.replace(letter, replacement)
    return text
