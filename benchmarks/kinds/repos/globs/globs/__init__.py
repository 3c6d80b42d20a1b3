"""Patterns for names."""

from globs.braces import expand
from globs.matching import match, select

__all__ = ["expand", "match", "select"]
