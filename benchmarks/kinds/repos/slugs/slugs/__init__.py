"""Titles to names for addresses."""

from slugs.letters import REPLACEMENTS, replace_letters
from slugs.names import Names
from slugs.slug import SlugError, slugify

__all__ = ["Names", "REPLACEMENTS", "SlugError", "replace_letters", "slugify"]
