"""The descriptor behind an attribute."""


class FieldError(TypeError):
    """A value of the wrong type."""


class Field:
    """An attribute of one type, with a default.

    >>> class Page:
    ...     title = Field(str, default="untitled")
    >>> Page().title
    'untitled'
    """

    def __init__(self, kind=object, default=None):
        self.kind = kind
        self.default = default

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return instance.__dict__.get(self.name, self.default)

    def __set__(self, instance, value):
        if value is not None and not isinstance(value, self.kind):
            raise FieldError("%s: expected %s, got %r" % (self.name, self.kind.__name__, value))
        instance.__dict__[self.name] = value
