"""Own references to the standard library, taken before code under test can replace it.

Modules that may run in one process with code under test take ``os``, ``time`` and so on from here, and bind
``__builtins__ = safe.BUILTINS`` before they define anything: functions defined below that line look builtin
names up in a private copy, so that a replaced ``builtins.set`` or ``time.time`` does not affect them. This
costs nothing at run time.
"""

import _signal  # `signal` wraps these in enums, which code under test can break
import builtins
import gc as _gc
import json as _json
import os as _os
import resource as _resource
import socket as _socket
import sys
import time as _time
import types

BUILTINS = dict(vars(builtins))

# The package, and the directory on the import path that holds it.
PACKAGE_DIRECTORY = _os.path.dirname(_os.path.abspath(__file__))
PROBE_DIRECTORY = _os.path.dirname(PACKAGE_DIRECTORY)


def isolate(module):
    """A copy of ``module`` with its present attributes.

    Later replacements in the original do not affect it.
    """
    copy = types.ModuleType(module.__name__)
    vars(copy).update(vars(module))
    return copy


gc = isolate(_gc)
os = isolate(_os)
resource = isolate(_resource)
signal = isolate(_signal)
socket = isolate(_socket)
time = isolate(_time)

MODULES = sys.modules


def _no_default(value):
    raise TypeError("not plain data: " + type(value).__name__)


# The encoder in C, made once: `JSONEncoder.encode` would look up its parts in a module that can be changed.
_encode = _json.encoder.c_make_encoder(
    None, _no_default, _json.encoder.encode_basestring_ascii, None, ":", ",", False, False, True
)
_decode = _json.JSONDecoder().decode


def to_json(value):
    """Compact ASCII JSON text of plain data."""
    return "".join(_encode(value, 0))


def from_json(text):
    """Plain data of a JSON text; raises ValueError."""
    return _decode(text)
