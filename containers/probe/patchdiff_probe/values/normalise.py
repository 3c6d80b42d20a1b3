"""Makes texts comparable: replaces addresses, paths of this run and line numbers by fixed words."""

import re

from patchdiff_probe import safe
from patchdiff_probe.isolation.randomness import TEMPORARY_NAME

__builtins__ = safe.BUILTINS
os = safe.os

# Only what is certainly an address: after "at", or in the ranges where Linux places heaps and mappings.
_ADDRESS = re.compile(r"(?<=\bat )0x[0-9a-fA-F]+|\b0x(?:7[ef]|5[56])[0-9a-fA-F]{10}\b")
_IDENTITY = re.compile(r"\bid='?[0-9]{9,}'?")
_LINE = re.compile(r"\bline [0-9]+")
# An environment variable by which the host recognises this process and its descendants; of 32 digits with the
# local engine.
_MARK = os.environ.get("INVOCATION_ID", "")
_MARK_LENGTH = 32
# Ports of services that have other ports elsewhere, and those: "20081=20080".
_PORTS = dict(pair.split("=") for pair in os.environ.get("LOCAL_PORTS", "").split(",") if pair)
_PORT = re.compile(":(%s)(?![0-9])" % "|".join(map(re.escape, _PORTS))) if _PORTS else None
_FRAMES = re.compile(r"(?<=Traceback \(most recent call last\):\n)(?:[ \t]+[^\n]*\n)+")
# Names of compiled texts: `<0-codegen pkg/m.py:19>` in pytest and py.
_COMPILED_AT = re.compile(r"(?<=\.py):[0-9]+(?=>)")
_WARNED_AT = re.compile(r"(?<=\.py):[0-9]+(?=: \w*Warning: )")


class Normaliser:
    """Replaces what differs between two runs of the same code.

    ``root``: the tree of the side; ``scratch``: the directory below which temporary files are created;
    ``mark``: the value of the environment variable by which the host recognises the process.
    """

    def __init__(self, root, scratch, mark=_MARK):
        self._mark = mark if len(mark) >= _MARK_LENGTH else None
        self._root = re.compile(_either(root) + r"(?![\w.-])")
        # The directory of a program, the home of its zygote, or /tmp before a temporary name; then possibly
        # such a name.
        self._scratch = re.compile(
            r"(?:%s(?:/program-[0-9]+|/home(?:-[0-9a-f]{8})?)?|/tmp(?=/tmp[a-z0-9_]{8}\b))(?:/tmp[a-z0-9_]{8}\b)?"
            % _either(scratch)
        )

    def paths(self, text):
        """Replace the side's root by ``<root>``, temporary paths by ``<tmp>``, addresses by ``0x...``, and
        line numbers in the names of compiled texts.
        """
        if self._mark is not None and self._mark in text:
            text = text.replace(self._mark, "<run>")
        if "/" in text:
            text = self._root.sub("<root>", self._scratch.sub("<tmp>", text))
        if ".py:" in text:
            text = _COMPILED_AT.sub(":N", text)
        if "__" in text:
            text = TEMPORARY_NAME.sub("<tmp>", text)
        if "0x" in text:
            text = _ADDRESS.sub("0x...", text)
        if _PORT is not None:
            text = _PORT.sub(lambda found: ":" + _PORTS[found.group(1)], text)
        return text

    def text(self, text):
        """Like ``paths``, and also replace identities, line numbers and the frames of tracebacks."""
        text = self.paths(text)
        if "line " in text:
            text = _LINE.sub("line N", text)
        if "Traceback (" in text:
            text = _FRAMES.sub("", text)
        if "Warning: " in text:
            text = _WARNED_AT.sub(":N", text)
        if "id=" in text:
            text = _IDENTITY.sub("id=...", text)
        return text


def _either(path):
    """A pattern for a path as given and with its links resolved, the longer first."""
    spellings = {os.path.abspath(path), os.path.realpath(path)}
    return "(?:%s)" % "|".join(sorted(map(re.escape, spellings), key=len, reverse=True))
