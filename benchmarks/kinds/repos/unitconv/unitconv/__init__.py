"""Quantities: numbers with a unit."""

from unitconv.parsing import parse_quantity
from unitconv.quantity import Quantity
from unitconv.units import UnitError, ratio

__all__ = ["Quantity", "UnitError", "parse_quantity", "ratio"]
