"""Tools for long iterables."""

from streams.mix import interleave, unique
from streams.windows import chunks, windows

__all__ = ["chunks", "interleave", "unique", "windows"]
