"""Vectors in the plane."""

from vectors.path import Path
from vectors.vector import Vector

__all__ = ["Path", "Vector"]
