"""Files that an input leaves in the directory of its program, and in its home."""

import re
import stat

from patchdiff_probe import safe
from patchdiff_probe.isolation.randomness import TEMPORARY_NAME

__builtins__ = safe.BUILTINS
os = safe.os

KEY = "<files>"
MAX_FILES = 100
MAX_TEXT = 4096
_FOLDER = (0, 0)  # in place of size and time
_TEMPORARY = re.compile(r"^tmp[a-z0-9_]{8}\b|" + TEMPORARY_NAME.pattern)


class Files:
    """Compares the directory with what it held when the input began.

    Folders whose names begin with a dot are not compared: tools keep caches there, often with times in them.
    Nor is ``home``, where tools that were loaded before keep theirs. What an input adds in either is removed,
    as the next input may read it.
    """

    def __init__(self, directory, home, normaliser):
        self._folder = _Folder(directory, into_hidden=False)
        self._home = _Folder(home, into_hidden=True)
        # Each side and program has a directory of its own, whose name shows up in files named after a path.
        self._directory_names = frozenset(directory.split(os.sep))
        self._normaliser = normaliser
        # The listing when the input began; None where steps may have changed it since.
        self._before = None
        self._at_home = None
        # The listing of the home before the first step.
        self._first_at_home = self._home.list()

    def begin(self):
        """Remember what is there, before an input."""
        if self._before is None:
            self._before = self._folder.list()
        if self._at_home is None:
            self._at_home = self._home.list()

    def forget(self):
        """List again before the next input: something else was run."""
        self._before = self._at_home = None

    def clear(self):
        """Remove everything that the steps so far have left."""
        self._folder.remove(self._folder.list())
        self._home.remove_new(self._first_at_home)
        self.forget()

    def changes(self):
        """What the input added, changed or removed: {path: text}, empty for most inputs.

        What it added is removed.
        """
        self._home.remove_new(self._at_home)
        now = self._folder.list()
        if now == self._before:
            return {}
        found = {}
        changed = sorted(set(now.items()) ^ set(self._before.items()))
        for path, _ in changed:
            if _is_hidden_folder(path, now.get(path, self._before.get(path))):
                continue
            if path not in now:
                found[self._name(path)] = "gone"
            else:
                found.setdefault(self._name(path), self._content(path))
        self._folder.remove([path for path in now if path not in self._before])
        self._before = None
        return found

    def _name(self, path):
        parts = path.split(os.sep)
        return "/".join(
            "<place>" if part in self._directory_names else _TEMPORARY.sub("<tmp>", part) for part in parts
        )

    def _content(self, path):
        path = self._folder.path(path)
        status = os.lstat(path)
        if stat.S_ISDIR(status.st_mode):
            return "directory"
        if not stat.S_ISREG(status.st_mode):
            return "no regular file"
        try:
            file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return "unreadable"
        try:
            data = os.read(file, MAX_TEXT)
        finally:
            os.close(file)
        try:
            text = self._normaliser.text(data.decode("utf-8"))
        except UnicodeDecodeError:
            # Formats that hold times or addresses: only that it is there says something.
            return "bytes"
        return "file: " + text


def _is_hidden_folder(path, entry):
    return entry == _FOLDER and path[path.rfind(os.sep) + 1 :][:1] == "."


class _Folder:
    """What is in a directory and below it, up to ``MAX_FILES``.

    ``into_hidden``: also what is in hidden folders.
    """

    def __init__(self, directory, into_hidden):
        self._directory = directory
        self._into_hidden = into_hidden

    def list(self):
        """(size, time of last change) by path."""
        found = {}
        pending = [""]
        while pending and len(found) < MAX_FILES:
            folder = pending.pop()
            try:
                entries = os.listdir(self.path(folder))
            except OSError:
                continue
            for name in entries:
                path = folder + os.sep + name if folder else name
                if name == "__pycache__":
                    continue
                try:
                    status = os.lstat(self.path(path))
                except OSError:
                    continue
                if stat.S_ISDIR(status.st_mode):
                    found[path] = _FOLDER
                    if self._into_hidden or not _is_hidden_folder(path, _FOLDER):
                        pending.append(path)
                else:
                    found[path] = (status.st_size, status.st_mtime_ns)
        return found

    def path(self, name):
        """The whole path."""
        # Without os.path.join, whose builtins code under test may have replaced.
        return self._directory + os.sep + name

    def remove_new(self, before):
        """Remove what ``before`` does not list, where that listed everything."""
        if len(before) < MAX_FILES:
            self.remove([path for path in self.list() if path not in before])

    def remove(self, paths):
        """Remove these and all below them, as far as the system allows."""
        for path in sorted(paths, key=len, reverse=True):
            _remove(self.path(path))


def _remove(path):
    try:
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            return os.unlink(path)
        for name in os.listdir(path):
            _remove(path + os.sep + name)
        os.rmdir(path)
    except (OSError, RecursionError):
        return
