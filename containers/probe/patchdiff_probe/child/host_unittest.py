"""Runs code in place of a test of unittest that its runner has set up: unittest's own, or Django's."""

import types
import unittest

from patchdiff_probe import safe
from patchdiff_probe.child import django_models
from patchdiff_probe.testrun import django_runner
from patchdiff_probe.testrun.recording import flatten
from patchdiff_probe.testrun.test_modules import import_file

__builtins__ = safe.BUILTINS
os = safe.os

# The name of a test without set-up of its own, in Django's own ``TestCase``.
PLAIN_TEST = "test_plain"


def set_up(root, host, function):
    """Have the runner set up what the tests of ``host["files"]`` share, and call ``function(tests)``.

    ``function`` does not return. Returns only where it was not called: the reason.
    """
    try:
        if host["runner"] == "django":
            django_runner.run_suite(root, host["files"], lambda suite: function(_tests_of_django(suite)))
            return "the runner of Django ended before its tests"
        function(_Loader(root))
    except BaseException as error:
        return "%s: %s" % (type(error).__name__, error)


def run_in_place(tests, identity, function):
    """Run a test (``file.py::Class::method``) as its runner does, with ``function`` called in the place of
    its own code.

    Set-up of module, class and test, decorators of the test included, is the runner's. ``function`` gets the
    test's arguments by name, ``self`` among them, and does not return. Returns only where it was not called:
    the reason.
    """
    file, class_name, method = identity.split("::")
    reasons = []
    try:
        if isinstance(tests, _Loader):
            tests = tests.load(file, class_name, method)
        found = [test for test in tests if _is_wanted(test, class_name, method)]
        if found:
            _put_in_place(found[0], method, function)
            result = unittest.TestResult()
            unittest.TestSuite(found[:1]).run(result)
            for _, text in result.errors + result.failures + result.skipped:
                reasons.append(text.strip().splitlines()[-1] if text.strip() else "it failed")
        else:
            reasons.append("the runner did not find it")
    except BaseException as error:
        reasons.append("%s: %s" % (type(error).__name__, error))
    return "%s was not set up: %s" % (identity, "; ".join(reasons) or "the runner ended before it")


def _tests_of_django(suite):
    """The tests of a suite, and one more for what needs no test of its own."""
    from django import test

    django_models.register_application()
    options = {"databases": "__all__", PLAIN_TEST: lambda self: None}
    return list(flatten(suite)) + [type("TestCase", (test.TestCase,), options)(PLAIN_TEST)]


class _Loader:
    """The tests of files that unittest loads when they are wanted."""

    def __init__(self, root):
        self._root = root

    def load(self, file, class_name, method):
        """The test, in a list."""
        cls = vars(import_file(os.path.join(self._root, file)))[class_name]
        return [cls(method) if issubclass(cls, unittest.TestCase) else _as_pytest_would(cls, method)]


def _as_pytest_would(cls, method):
    """A test of a class that is none of unittest's, with the set-up by name that pytest gives it."""

    def set_up(self):
        instance = cls()
        for name in ("setup_class", "setup_method"):
            function = getattr(instance, name, None)
            if function is not None:
                takes = function.__func__.__code__.co_argcount - 1
                function(*[getattr(instance, method)][:takes])
        self.run_own = getattr(instance, method)

    members = {"setUp": set_up, "own": cls, method: lambda self: self.run_own()}
    return type(cls.__name__, (unittest.TestCase,), members)(method)


def _is_wanted(test, class_name, method):
    return type(test).__name__ == class_name and getattr(test, "_testMethodName", None) == method


def _put_in_place(case, method, function):
    """Replace the code of a test, below its decorators: those set it up, as ``override_settings`` does."""
    inner = getattr(getattr(case, "own", type(case)), method)
    while isinstance(getattr(inner, "__wrapped__", None), types.FunctionType):
        inner = inner.__wrapped__
    code = inner.__code__
    names = code.co_varnames[: code.co_argcount]

    def in_place(arguments, keywords):
        function(dict(zip(names, arguments), **keywords))

    inner.__code__ = _code_that_calls(len(code.co_freevars))
    inner.__defaults__, inner.__kwdefaults__ = None, {"in_place": in_place}


def _code_that_calls(cells):
    """Code of a function that hands its arguments to ``in_place``, with as many free variables as the code it
    replaces."""
    names = ["cell_%d" % number for number in range(cells)]
    lines = ["def around():"]
    lines += ["    %s = None" % name for name in names]
    lines += ["    def body(*arguments, in_place, **keywords):"]
    lines += ["        %s" % name for name in names]
    lines += ["        in_place(arguments, keywords)", "    return body", "body = around()"]
    namespace = {}
    exec("\n".join(lines), namespace)
    return namespace["body"].__code__
