"""The base class of classes with fields."""

from fields.field import Field


class Model:
    """Takes the values of its fields as keyword arguments.

    >>> class Page(Model):
    ...     title = Field(str)
    ...     size = Field(int, default=0)
    >>> Page(title="Start")
    Page(title='Start', size=0)
    """

    def __init__(self, **values):
        for name, value in values.items():
            if name not in self.field_names():
                raise TypeError("%s has no field %r" % (type(self).__name__, name))
            setattr(self, name, value)

    @classmethod
    def field_names(cls):
        """The names of all fields, those of base classes first."""
        names = []
        for base in reversed(cls.__mro__):
            for name, value in vars(base).items():
                if isinstance(value, Field) and name not in names:
                    names.append(name)
        return names

    def items(self):
        """Pairs of the name and the value of each field."""
        return [(name, getattr(self, name)) for name in self.field_names()]

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join("%s=%r" % item for item in self.items()))
