"""Results that are remembered."""

from memo.decorator import Info, memoize
from memo.store import Store

__all__ = ["Info", "Store", "memoize"]
