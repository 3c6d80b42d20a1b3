"""Nested dictionaries."""

from pathdict.flat import flatten, unflatten
from pathdict.nested import get_path, merge

__all__ = ["flatten", "get_path", "merge", "unflatten"]
