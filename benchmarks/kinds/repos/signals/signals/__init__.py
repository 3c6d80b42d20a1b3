"""Signals and their receivers."""

from signals.registry import Registry
from signals.signal import Signal

__all__ = ["Registry", "Signal"]
