"""Values in canonical form: plain data that is equal for equal behaviour (``Canonical`` in the model).

Containers and objects are numbered in preorder of the *written* form, so that it makes no difference whether
immutable objects are shared. Shared mutable containers and cycles are written as references to those numbers.
Every value has a budget for its size; what exceeds it is written as ``truncated``. An object that exceeds it
is written again with less depth, so that all the parts that a caller sees first are there. Where all of the
value can be read, though not kept, a digest of its whole form is added (``large``).
"""

from patchdiff_probe import safe
from patchdiff_probe.values import digests, readings
from patchdiff_probe.values.writer import Canonicaliser, NoDigest

__builtins__ = safe.BUILTINS

# Depths at which an object that exceeded its budget is written again.
SHALLOW_DEPTHS = (6, 4, 2)
# How many times its budget a value may have for its digest.
_DIGEST_FACTOR = 16


def canonicalise(value, normaliser, budget, describe_exception, asked=readings.NONE):
    """The canonical form of one value.

    ``budget``: roughly the largest size in bytes. ``describe_exception`` gives the facts of an exception that
    an iterator raised; ``asked``: Readings. Runs code of the value only for ``__repr__``, iteration and what
    is asked; of the exceptions raised there, only alarms and MemoryError leave this function.
    """
    writer = Canonicaliser(normaliser, budget, describe_exception, readings=asked)
    result = writer.write(value)
    for depth in SHALLOW_DEPTHS:
        # Iterators inside an object are never advanced, so that the object can be read again.
        if result["t"] != "object" or not writer.can_be_shallower(depth):
            break
        writer = Canonicaliser(normaliser, budget, describe_exception, depth, readings=asked)
        result = writer.write(value)
    return _with_digest(value, result, writer) if writer.cut_by_size else result


def _with_digest(value, part, writer):
    """The ``large`` form of a value over its budget; ``part`` where it cannot be read whole, or only once."""
    whole = Canonicaliser(
        writer.normaliser,
        _DIGEST_FACTOR * writer.budget,
        writer.describe_exception,
        digesting=True,
        readings=writer.readings,
    )
    try:
        form = whole.write(value)
    except NoDigest:
        return part
    return digests.large(part, safe.to_json(form), whole.exact)
