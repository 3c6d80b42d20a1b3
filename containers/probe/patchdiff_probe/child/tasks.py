"""What a forked child can be asked to do."""

import builtins
import importlib
import types

from patchdiff_probe import safe
from patchdiff_probe.child.capture import Capture
from patchdiff_probe.child.program import ProgramRunner
from patchdiff_probe.isolation import randomness
from patchdiff_probe.isolation.alarm import Alarm, call_within
from patchdiff_probe.values.exceptions import ExceptionReader
from patchdiff_probe.values.normalise import Normaliser

__builtins__ = safe.BUILTINS
os = safe.os

_TEST_MODULE = "test_one"


class ChildContext:
    """What every child of a zygote starts from.

    ``side``: the open request; ``hits``: of its targets; ``set_up``: those that the host test's set-up
    entered; ``state``: the saved GlobalState; ``fixtures``: the
    arguments of the host test, by name; ``directory``: its working directory where a fixture chose one, else
    None.
    """

    def __init__(self, side, hits, set_up, state, fixtures, directory):
        self.side = side
        self.hits = hits
        self.set_up = set_up
        self.state = state
        self.fixtures = fixtures
        self.directory = directory


def run(context, writer, job):
    """Run a program; see ProgramRunner."""
    ProgramRunner(context, writer, job).run()


def resolve(context, writer, job):
    """Find, for each of ``names``, the first of ``modules`` that has it."""
    found = {}
    for module_name in job["modules"]:
        try:
            module = importlib.import_module(module_name)
        except BaseException:
            continue
        for name in job["names"]:
            try:
                if name not in found and hasattr(module, name):
                    found[name] = module_name
            except BaseException:
                continue
    writer.send({"result": {"found": {name: found[name] for name in job["names"] if name in found}}})


def verify(context, writer, job):
    """Run the ``test_*`` functions of a test file in order, up to the first that fails, or the ``test_*``
    methods of its classes where it has no functions.

    The host test's fixtures are theirs, ``self`` among them.
    """
    side = context.side
    Capture(os.getcwd()).begin()
    randomness.seed(side.get("seed") or 0)
    normaliser = Normaliser(side["root"], side["scratch"])
    exceptions = ExceptionReader(side["root"], normaliser, side["limits"]["valueBytes"])
    finished, result = call_within(
        job["seconds"], lambda: _verify(job["source"], exceptions, context.fixtures)
    )
    writer.send({"result": result if finished else {"status": "timeout"}})


def _verify(source, exceptions, fixtures):
    path = os.path.join(os.getcwd(), _TEST_MODULE + ".py")
    module = types.ModuleType(_TEST_MODULE)
    module.__file__ = path
    module.__builtins__ = builtins
    safe.MODULES[_TEST_MODULE] = module
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(source)
        exec(compile(source, path, "exec", dont_inherit=True), vars(module))
        tests = _tests_of(vars(module)) or [
            test
            for item in list(vars(module).values())
            if isinstance(item, type) and item.__module__ == _TEST_MODULE
            for test in _tests_of(vars(item))
        ]
        if not tests:
            raise LookupError("the file has no test function")
    except Alarm:
        raise
    except BaseException as error:
        return {"status": "error", "exception": exceptions.describe(error)}
    try:
        for test in tests:
            _call(test, fixtures)
    except Alarm:
        raise
    except BaseException as error:
        return {"status": "failed", "exception": exceptions.describe(error)}
    return {"status": "passed"}


def _call(test, fixtures):
    if "__wrapped__" in vars(test):
        test(fixtures["self"])  # a method whose decorators give it the rest
    else:
        test(**{name: fixtures[name] for name in _parameters(test)})


def _parameters(function):
    code = function.__code__
    return code.co_varnames[: code.co_argcount]


def _tests_of(scope):
    return [
        item
        for name, item in list(scope.items())
        if type(name) is str and name.startswith("test_") and type(item) is types.FunctionType
    ]


TASKS = {"run": run, "resolve": resolve, "verify": verify}
