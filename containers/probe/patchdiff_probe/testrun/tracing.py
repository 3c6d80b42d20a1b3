"""Which functions of the tree each test enters, from marks put into every function at import by syntax tree.

A mark is one call of ``set.add`` at the entry of a function: on all versions a fraction of what a trace function in
Python costs at every call, and invisible to tests that set trace functions themselves. What cannot be marked (a file
that another loader loaded) is not among the marked files, and what cannot be followed (another process, a read of the
source) is marked as such, so that nothing is ruled out by what was not seen.
"""

import ast
import builtins
import importlib.machinery
import os
import re
import subprocess
import sys

_MARK = "__patchdiff_enter__"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_TEST_FILE = re.compile(r"^(test_.*|.*_test|conftest)\.py$")
_PROCESSES = ("os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system", "subprocess.Popen")
# Stands for whatever a process that a test started may have entered.
ELSEWHERE = "<process>"


class Tracer:
    """The functions entered since the last time it was asked, as numbers of their names.

    ``names`` only grows: ``file::qualname`` for each marked function, ``file::<module>`` for each marked file,
    ``file::<read>`` for each source file that was opened.
    """

    def __init__(self, root):
        self._root = os.path.realpath(root) + os.sep
        self.names = []
        self._numbers = {}
        self._now = set()
        self._outer = []
        self._files = {}
        self._shared = {}
        # What was entered while a module was imported, or before the first test: it counts for every test.
        self.everywhere = set()
        self.deaf = False

    def install(self):
        """Mark what is imported from now on."""
        self._direct()
        sys.meta_path.insert(0, _Finder(self, self._root))
        _watch_processes(self)

    def number(self, name):
        """The number of a name."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        return number

    def elsewhere(self):
        """A process was started: what it enters is not seen."""
        self._now.add(self.number(ELSEWHERE))

    def read(self, path):
        """A source file was opened."""
        if not self.deaf and path.startswith(self._root) and not _TEST_FILE.match(os.path.basename(path)):
            self._now.add(self.number(path[len(self._root) :].replace(os.sep, "/") + "::<read>"))

    def importing(self, load):
        """Call ``load``; what it enters counts for every test, as only the first one to import enters it."""
        self._push()
        try:
            return load()
        finally:
            self.everywhere |= self._pop()

    def preparing(self):
        """The set-up of something that several tests share begins."""
        self._push()

    def prepared(self, owner):
        """That set-up ended; ``entered_by`` gives what it entered."""
        known = self._shared.get(id(owner), (owner, frozenset()))[1]
        entered = self._pop()
        self._now |= entered
        self._shared[id(owner)] = (owner, known | entered)

    def uses(self, owner):
        """The current test uses something that an earlier one may have set up."""
        self._now |= self._shared.get(id(owner), (owner, frozenset()))[1]

    def around(self, file):
        """What was entered outside tests counts for all tests of the file, or (None) for every test."""
        known = self.everywhere if file is None else self._files.setdefault(file, set())
        known |= self._now if file is not None else self._now - {self._numbers.get(ELSEWHERE)}
        self._now.clear()

    def end(self, file):
        """A test ended: what it entered, and what its file did around its tests so far."""
        entered = self._now | self._files.get(file, frozenset())
        self._now.clear()
        return sorted(entered)

    def _push(self):
        self._outer.append(self._now)
        self._now = set()
        self._direct()

    def _pop(self):
        entered = self._now
        self._now = self._outer.pop()
        self._direct()
        return entered

    def _direct(self):
        setattr(builtins, _MARK, self._now.add)


class _Finder:
    """A meta-path finder for the files of the tree; all others are left to the finders after it."""

    def __init__(self, tracer, root):
        self._tracer = tracer
        self._root = root

    def find_spec(self, fullname, path=None, target=None):
        """The spec of a module of the tree, with a loader that marks; None for any other module."""
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if (
            spec is None
            or not spec.has_location
            or type(spec.loader) is not importlib.machinery.SourceFileLoader
        ):
            return None
        origin = os.path.realpath(spec.origin)
        if not origin.startswith(self._root) or _TEST_FILE.match(os.path.basename(origin)):
            return None
        file = origin[len(self._root) :].replace(os.sep, "/")
        spec.loader = _Loader(fullname, spec.origin, file, self._tracer)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads one file from its source, never from a cache."""

    def __init__(self, fullname, path, file, tracer):
        super().__init__(fullname, path)
        self._file = file
        self._tracer = tracer

    def get_code(self, fullname):
        """The marked code of the module; the ordinary code when that fails."""
        source = self._source()
        try:
            tree = ast.parse(source, self.path)
            mark_functions(tree, self._file, self._tracer.number)
            code = compile(tree, self.path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError):
            return compile(source, self.path, "exec", dont_inherit=True)
        self._tracer.number(self._file + "::<module>")
        return code

    def _source(self):
        self._tracer.deaf = True  # an import's own reading is no test's
        try:
            return self.get_data(self.path)
        finally:
            self._tracer.deaf = False

    def exec_module(self, module):
        """Run the module."""
        self._tracer.importing(lambda: super(_Loader, self).exec_module(module))


def mark_functions(tree, file, number):
    """Insert a mark into every function of a module's tree."""
    pending = [(tree, "")]
    while pending:
        node, prefix = pending.pop()
        if isinstance(node, _FUNCTIONS + (ast.ClassDef,)):
            name = prefix + node.name
            prefix = name + "."
        for block in _BLOCKS:
            pending.extend((child, prefix) for child in getattr(node, block, ()))
        if isinstance(node, _FUNCTIONS):
            _insert(node.body, number("%s::%s" % (file, name)))


def _insert(body, number):
    first = body[0]
    # A docstring stays first. ast.Str until 3.7, ast.Constant from 3.8: both give their text.
    value = getattr(first, "value", None) if isinstance(first, ast.Expr) else None
    text = getattr(value, "s" if type(value).__name__ == "Str" else "value", None)
    index = 1 if isinstance(text, str) and type(value).__name__ in ("Str", "Constant") else 0
    near = body[min(index, len(body) - 1)]
    function = ast.Name(id=_MARK, ctx=ast.Load())
    call = ast.Call(func=function, args=[ast.Num(number) if sys.version_info < (3, 8) else ast.Constant(number)])
    call.keywords = []
    statement = ast.Expr(value=call)
    for part in (function, call.args[0], call, statement):
        part.lineno = part.end_lineno = near.lineno
        part.col_offset = part.end_col_offset = 0
    body.insert(index, statement)


def _watch_processes(tracer):
    if hasattr(sys, "addaudithook"):

        def hook(event, arguments):
            if event in _PROCESSES:
                tracer.elsewhere()
            elif event == "open" and isinstance(arguments[0], str) and arguments[0].endswith(".py"):
                tracer.read(arguments[0])

        sys.addaudithook(hook)
        return
    for owner, name in ((os, "fork"), (os, "system"), (os, "forkpty"), (subprocess.Popen, "__init__")):
        setattr(owner, name, _noting(getattr(owner, name), tracer))


def _noting(function, tracer):
    def noting(*arguments, **options):
        tracer.elsewhere()
        return function(*arguments, **options)

    return noting
