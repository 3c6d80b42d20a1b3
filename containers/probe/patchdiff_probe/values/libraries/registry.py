"""Which function reads the values of a class that belongs to a known library.

No library is imported here: a class is recognised by its name, and counts only where the code under test has
loaded the library and the name leads to that class. Reading runs code of the library; where that raises, the
value is read as any other.
"""

import warnings

from patchdiff_probe import safe
from patchdiff_probe.values import reading
from patchdiff_probe.values.libraries import (
    astropy,
    django,
    matplotlib,
    numpy,
    pandas,
    scipy_sparse,
    sklearn,
    xarray,
)

__builtins__ = safe.BUILTINS

# The top package of a library -> name of a class, with its module where the name alone says too little ->
# function (writer, value) that gives its form. Classes derived from one are read the same way.
_RULES = {
    "astropy": astropy.RULES,
    "django": django.RULES,
    "matplotlib": matplotlib.RULES,
    "numpy": numpy.RULES,
    "pandas": pandas.RULES,
    "scipy": scipy_sparse.RULES,
    "sklearn": sklearn.RULES,
    "xarray": xarray.RULES,
}


def rule_for(cls):
    """The function (writer, value) that reads instances of a class; None where it is of no known library."""
    for base in reading.mro(cls):
        module = reading.class_module(base)
        if type(module) is not str:
            continue
        rules = _RULES.get(module.partition(".")[0])
        if rules is None:
            continue
        name = reading.qualname(base)
        rule = rules.get(module + "." + name) or rules.get(name)
        if rule is not None and reading.lookup(module, name) is base:
            return rule
    return None


class Quiet:
    """A context in which warnings go nowhere, as those of reading a value are not the input's."""

    def __enter__(self):
        self._before = getattr(warnings, "_showwarnmsg_impl", None)
        warnings._showwarnmsg_impl = _ignore

    def __exit__(self, *_):
        warnings._showwarnmsg_impl = self._before


def _ignore(warning):
    return None
