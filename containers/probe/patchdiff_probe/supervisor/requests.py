"""Requests of the host, checked before they are used."""

from patchdiff_probe import safe
from patchdiff_probe.testrun.process import RUNNERS


class BadRequest(Exception):
    """A request that cannot be understood; ``identity`` is its id where that could be read."""

    def __init__(self, message, identity=None):
        super().__init__(message)
        self.identity = identity


_STRINGS = (
    "list of strings",
    lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
)
_STRING = ("string", lambda value: isinstance(value, str))
_SECONDS = (
    "positive number",
    lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0,
)
_COUNT = (
    "positive integer",
    lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0,
)
_LIST = ("list", lambda value: isinstance(value, list))
_OBJECT = ("object", lambda value: isinstance(value, dict))

# Of the generators of random numbers; 0 where it is absent.
_SEED = ("number", lambda value: value is None or isinstance(value, int) and not isinstance(value, bool))

_HOST = ("host test", lambda value: value is None or isinstance(value, dict))

_FIELDS = {
    "open": {
        "root": _STRING,
        "path": _STRINGS,
        "preload": _STRINGS,
        "targets": _LIST,
        "limits": _OBJECT,
        "scratch": _STRING,
        "seed": _SEED,
        "firstSeed": _SEED,
    },
    "run": {
        "programs": _LIST,
        "secondsPerInput": _SECONDS,
        "secondsPerProgram": _SECONDS,
    },
    "resolve": {"modules": _STRINGS, "names": _STRINGS},
    "verify": {"source": _STRING, "seconds": _SECONDS, "host": _HOST},
    "close": {},
}
_TARGET = {"file": _STRING, "qualnames": _STRINGS}
_LIMITS = {"memoryMb": _COUNT, "outputBytes": _COUNT, "valueBytes": _COUNT}
_PROGRAM = {"id": _STRING, "steps": _LIST, "host": _HOST}
# The developer test in whose place a program or test is run; absent for most.
_HOST_TEST = {"test": _STRING, "names": _STRINGS}
# Where unittest or Django sets it up, together with the other tests of some files.
_SHARED = {"runner": _STRING, "files": _STRINGS}
_STEPS = {
    "prelude": {"source": _STRING},
    "exec": {"source": _STRING},
    "observe": {"input": _STRING, "source": _STRING},
}

# Attributes that are read of objects in the answer, as `module.Class.name`; absent for most.
_READS = {"reads": _STRINGS}


def parse(line):
    """A checked request from a line of bytes (``None``: a line that was too long). Raises BadRequest."""
    if line is None:
        raise BadRequest("line too long")
    try:
        request = safe.from_json(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadRequest("not JSON: %s" % error) from error
    if not isinstance(request, dict):
        raise BadRequest("not an object")
    identity = request.get("id")
    if not isinstance(identity, int):
        raise BadRequest("'id' must be an integer")
    try:
        _check_request(request)
    except BadRequest as error:
        raise BadRequest(str(error), identity) from error
    return request


_PLANTED = (("file", str), ("text", str), ("names", list))


def check_test_run(request):
    """Raise ValueError for a request to run tests that cannot be understood."""
    if not isinstance(request, dict):
        raise ValueError("not an object")
    for name in ("root", "scratch", "runner"):
        if not isinstance(request.get(name), str):
            raise ValueError("'%s' must be a string" % name)
    for name in ("path", "files"):
        if not isinstance(request.get(name), list):
            raise ValueError("'%s' must be a list of strings" % name)
    for planted in request.get("planted") or []:
        if not isinstance(planted, dict) or not all(
            isinstance(planted.get(name), kind) for name, kind in _PLANTED
        ):
            raise ValueError("'planted' must be a list of files with text and names of tests")
    if request["runner"] not in RUNNERS:
        raise ValueError("'runner' must be one of " + ", ".join(RUNNERS))
    if not isinstance(request.get("secondsPerTest"), (int, float)) or request["secondsPerTest"] <= 0:
        raise ValueError("'secondsPerTest' must be a positive number")


def _check_request(request):
    fields = _FIELDS.get(request.get("op")) if isinstance(request.get("op"), str) else None
    if fields is None:
        raise BadRequest("'op' must be one of " + ", ".join(sorted(_FIELDS)))
    _check(request, fields, "")
    if request["op"] == "open":
        _check(request["limits"], _LIMITS, "limits.")
        for target in request["targets"]:
            _check(target, _TARGET, "targets[].")
    elif request["op"] == "verify" and request.get("host") is not None:
        _check_host(request["host"], "host.")
    elif request["op"] == "run":
        for program in request["programs"]:
            _check(program, _PROGRAM, "programs[].")
            if program.get("host") is not None:
                _check_host(program["host"], "programs[].host.")
            for step in program["steps"]:
                kind = step.get("kind") if isinstance(step, dict) else None
                if not isinstance(kind, str) or kind not in _STEPS:
                    raise BadRequest("'programs[].steps[].kind' must be one of " + ", ".join(sorted(_STEPS)))
                _check(step, _STEPS[kind], "programs[].steps[].")
                _check({"reads": step.get("reads", [])}, _READS, "programs[].steps[].")
            if program["steps"] and program["steps"][0]["kind"] != "prelude":
                raise BadRequest("'programs[].steps[0]' must be a prelude")


def _check_host(host, prefix):
    _check(host, _HOST_TEST, prefix)
    if "runner" in host or "files" in host:
        _check(host, _SHARED, prefix)


def _check(value, fields, prefix):
    if not isinstance(value, dict):
        raise BadRequest("'%s' must be an object" % prefix.rstrip("."))
    for name, (kind, fits) in fields.items():
        if not fits(value.get(name)):
            raise BadRequest("'%s%s' must be a %s" % (prefix, name, kind))
