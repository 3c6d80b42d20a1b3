"""Declared attributes."""

from fields.field import Field, FieldError
from fields.model import Model

__all__ = ["Field", "FieldError", "Model"]
