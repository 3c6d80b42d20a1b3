"""One name from one title."""

import re

from slugs.letters import replace_letters


class SlugError(ValueError):
    """A title that gives no name."""


def slugify(title, sep="-", limit=None):
    """The name that a title gives.

    >>> slugify("Salt & Pepper!")
    'salt-and-pepper'
    """
    words = re.findall("[a-z0-9]+", replace_letters(title).lower())
    slug = sep.join(words)[:limit]
    if not slug:
        raise SlugError("empty slug")
    return slug
