"""Typed columns with missing values."""

from columns.column import Column
from columns.dtypes import infer, promote
from columns.grouped import Grouped

__all__ = ["Column", "Grouped", "infer", "promote"]
