"""Names that are unique."""

from slugs.slug import slugify


class Names:
    """Gives each title a name of its own.

    >>> names = Names()
    >>> names.add("News"), names.add("News!")
    ('news', 'news-2')
    """

    def __init__(self, sep="-"):
        self.sep = sep
        self.taken = set()

    def add(self, title):
        """A name that was not given before."""
        slug = name = slugify(title, sep=self.sep)
        number = 1
        while name in self.taken:
            number += 1
            name = "%s%s%d" % (slug, self.sep, number)
        self.taken.add(name)
        return name
