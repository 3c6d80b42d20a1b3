"""Pieces of asynchronous pipelines."""

from aiopipe.mapping import amap
from aiopipe.reading import MemoryReader, lines

__all__ = ["MemoryReader", "amap", "lines"]
