"""What stands for content that is too large to be kept: a digest of all of it, and sums of its floats.

With the digest, equal content is known to be equal. The sums tell whether different content may differ by
rounding only; ``Sketch`` in the model says how they are compared.
"""

import hashlib
import itertools
import operator
import re

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

_BLOCKS = 64
_MAX_SKETCHED = 2000000
_sha256 = hashlib.sha256
_cycle = itertools.cycle
_multiply = operator.mul
# Weights between 1 and 2, so that it shows when two floats have changed places. Their number is a prime.
_WEIGHTS = [1 + n * 618034 % 1000003 / 1000003 for n in range(1021)]
# A number with a point or an exponent, as `NUMBER` in `compare/texts.ts`.
_FLOAT = re.compile(
    r"(?<![\w.])[-+]?(?:\d+\.\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+)(?!\w)"
)


# Durations are not compared: what `compare/durations.ts` leaves out of a form is left out of its digest.
_DURATION = re.compile(r"\b\d+\.\d+(?= ?(?:s|ms|secs?|seconds?)\b)")
_CLOCK = re.compile(r'("(?:duration|elapsed|start|stop|time)":\{"t":"float","v":)"[^"]*"')


def of_bytes(data):
    """The digest of bytes, or of what gives its bytes as they are."""
    return _sha256(data).hexdigest()


def sketch(floats):
    """The ``Sketch`` of a list of floats: special values, and the weighted sums of up to 64 stretches.

    None where there are too many.
    """
    if len(floats) > _MAX_SKETCHED:
        return None
    blocks = _blocks(floats)
    if all(total - total == 0 for total, _ in blocks):
        return {"special": "", "blocks": blocks}
    special = [number if number - number != 0 else 0.0 for number in floats]
    blocks = _blocks([number if number - number == 0 else 0.0 for number in floats])
    if not all(total - total == 0 for total, _ in blocks):
        special, blocks = floats, []
    return {"special": of_bytes(repr(special).encode()), "blocks": blocks}


def _blocks(floats):
    size = -(-len(floats) // _BLOCKS) or 1
    return [_block(floats[start : start + size]) for start in range(0, len(floats), size)]


def _block(floats):
    return [sum(map(_multiply, floats, _cycle(_WEIGHTS))), max(map(abs, floats))]


def large(part, text, exact=()):
    """The ``large`` form of content whose ``part`` is kept and which is equal where ``text`` is.

    ``exact``: digests of content that ``text`` leaves out.
    """
    text = _CLOCK.sub(r'\1"0.0"', _DURATION.sub("0.00", text))
    data = text.encode("utf-8", "surrogatepass")
    found = sketch([float(number) for number in _FLOAT.findall(text)])
    skeleton = _FLOAT.sub("#", text).replace(" ", "") if found else text
    return {
        "t": "large",
        "part": part,
        "digest": of_bytes(data + "".join(exact).encode()),
        "skeleton": of_bytes(skeleton.encode("utf-8", "surrogatepass")),
        "sketch": found or {"special": of_bytes(data), "blocks": []},
    }


def shortened(text, limit, normalise):
    """A text of at most ``limit`` characters, and where it is longer what all of it is."""
    if len(text) <= limit:
        return normalise(text)
    whole = normalise(text)
    digest = of_bytes(whole.encode("utf-8", "surrogatepass"))
    return "%s [cut: %d characters, sha256:%s]" % (whole[:limit], len(whole), digest)
