"""Which functions of the tree each test enters: every function is marked when its module is imported.

What cannot be marked (a file that another loader loaded) is not among the marked files. What cannot be
followed (another process, or reading a source file) has a name of its own among the entered functions. So
test selection never rules out a test because of what was not seen.
"""

import builtins
import re
import subprocess
import sys

from patchdiff_probe import safe
from patchdiff_probe.instrumentation import marks
from patchdiff_probe.instrumentation.loading import Instrumenter, Loader

__builtins__ = safe.BUILTINS
os = safe.os

_MARK = "__patchdiff_enter__"
_TEST_FILE = re.compile(r"^(test_.*|.*_test|conftest)\.py$")
_PROCESS_EVENTS = ("os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system", "subprocess.Popen")
# Stands for whatever a process that a test started may have entered.
OTHER_PROCESS = "<process>"


class Tracer:
    """The functions entered since they were last taken, as numbers of their names.

    ``names`` only grows: ``file::qualname`` for each marked function, ``file::<module>`` for each marked
    file, ``file::<read>`` for each source file that was opened.
    """

    def __init__(self, root):
        self._root = os.path.realpath(root) + os.sep
        self.names = []
        self._numbers = {}
        self._entered = set()
        # What was entered before a shared set-up or an import that is still running.
        self._interrupted = []
        # By file: what was entered outside its tests. By id of its owner: what a shared set-up entered.
        self._by_file = {}
        self._by_owner = {}
        # What was entered while a module was imported, or before the first test: it counts for every test.
        self.everywhere = set()
        self.ignores_reads = False

    def install(self):
        """Mark what is imported from now on."""
        self._redirect_marks()
        _TreeInstrumenter(self, self._root).install()
        _watch_processes(self)

    def number(self, name):
        """The number of a name."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        return number

    def process_started(self):
        """A process was started: what it enters is not seen."""
        self._entered.add(self.number(OTHER_PROCESS))

    def file_read(self, path):
        """A source file was opened."""
        if self.ignores_reads or not path.startswith(self._root):
            return
        if not _TEST_FILE.match(os.path.basename(path)):
            self._entered.add(self.number(path[len(self._root) :].replace(os.sep, "/") + "::<read>"))

    def run_import(self, load):
        """Call ``load``; what it enters counts for every test, as only the first test to import enters it."""
        self._push()
        try:
            return load()
        finally:
            self.everywhere |= self._pop()

    def begin_shared_setup(self):
        """The set-up of something that several tests share begins."""
        self._push()

    def end_shared_setup(self, owner):
        """That set-up ended; what it entered counts for every test that uses its owner."""
        known = self._by_owner.get(id(owner), (owner, frozenset()))[1]
        entered = self._pop()
        self._entered |= entered
        self._by_owner[id(owner)] = (owner, known | entered)

    def use_shared_setup(self, owner):
        """The current test uses something that an earlier one may have set up."""
        self._entered |= self._by_owner.get(id(owner), (owner, frozenset()))[1]

    def assign_to_file(self, file):
        """What was entered since counts for all tests of the file, or (None) for every test."""
        if file is None:
            self.everywhere |= self._entered - {self._numbers.get(OTHER_PROCESS)}
        else:
            self._by_file.setdefault(file, set()).update(self._entered)
        self._entered.clear()

    def end_test(self, file):
        """A test ended: what it entered, and what was entered so far around the tests of its file."""
        entered = self._entered | self._by_file.get(file, frozenset())
        self._entered.clear()
        return sorted(entered)

    def _push(self):
        self._interrupted.append(self._entered)
        self._entered = set()
        self._redirect_marks()

    def _pop(self):
        entered = self._entered
        self._entered = self._interrupted.pop()
        self._redirect_marks()
        return entered

    def _redirect_marks(self):
        setattr(builtins, _MARK, self._entered.add)


class _TracingLoader(Loader):
    """A loader whose own reading is no test's, and whose modules' bodies count for every test."""

    def read_source(self):
        tracer = self.instrumenter.tracer
        tracer.ignores_reads = True
        try:
            return super().read_source()
        finally:
            tracer.ignores_reads = False

    def exec_module(self, module):
        self.instrumenter.tracer.run_import(lambda: super(_TracingLoader, self).exec_module(module))


class _TreeInstrumenter(Instrumenter):
    """Marks every function of the tree outside test files."""

    loader = _TracingLoader

    def __init__(self, tracer, root):
        self.tracer = tracer
        self._root = root

    def file_of(self, path):
        if not path.startswith(self._root) or _TEST_FILE.match(os.path.basename(path)):
            return None
        return path[len(self._root) :].replace(os.sep, "/")

    def instrument(self, tree, file):
        for node, name in marks.definitions(tree):
            if isinstance(node, marks.FUNCTIONS):
                marks.insert_at_entry(node.body, _MARK, self.tracer.number("%s::%s" % (file, name)))

    def instrumented(self, file):
        self.tracer.number(file + "::<module>")


def _watch_processes(tracer):
    if hasattr(sys, "addaudithook"):

        def hook(event, arguments):
            if event in _PROCESS_EVENTS:
                tracer.process_started()
            elif event == "open" and isinstance(arguments[0], str) and arguments[0].endswith(".py"):
                tracer.file_read(arguments[0])

        sys.addaudithook(hook)
        return
    shared_os = safe.MODULES["os"]  # which the tests use, unlike `safe.os`
    for owner, name in (
        (shared_os, "fork"),
        (shared_os, "system"),
        (shared_os, "forkpty"),
        (subprocess.Popen, "__init__"),
    ):
        setattr(owner, name, _noting_process(getattr(owner, name), tracer))


def _noting_process(function, tracer):
    def started(*arguments, **options):
        tracer.process_started()
        return function(*arguments, **options)

    return started
