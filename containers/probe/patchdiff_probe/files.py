"""Files that an input leaves in the directory of its program."""

import re
import stat

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os

KEY = "<files>"
MOST_FILES = 100
MOST_TEXT = 4096
_TEMPORARY = re.compile(r"^tmp[a-z0-9_]{8}\b")


class Files:
    """Compares the directory with what it held when the input began.

    What begins with a dot is left alone: caches and settings that libraries make once and look for later.
    """

    def __init__(self, directory, normaliser):
        self._directory = directory
        # Each side and program has a place of its own, whose names show where a path is put after another.
        self._places = frozenset(directory.split(os.sep))
        self._normaliser = normaliser
        # What is there, by its path; None where steps may have changed it.
        self._before = None

    def begin(self):
        """Remember what is there."""
        if self._before is None:
            self._before = self._list()

    def forget(self):
        """Look again before the next input: something else was run."""
        self._before = None

    def clear(self):
        """Remove everything."""
        self._remove(self._list())
        self._before = None

    def left(self):
        """What is new, changed or gone: {path: text}, empty for most inputs. What is new is removed."""
        now = self._list()
        if now == self._before:
            return {}
        found = {}
        changed = sorted(set(now.items()) ^ set(self._before.items()))
        for path, _ in changed:
            if path not in now:
                found[self._name(path)] = "gone"
            else:
                found.setdefault(self._name(path), self._content(path))
        self._remove([path for path in now if path not in self._before])
        self._before = None
        return found

    def _list(self):
        found = {}
        pending = [""]
        while pending and len(found) < MOST_FILES:
            folder = pending.pop()
            try:
                entries = os.listdir(self._path(folder))
            except OSError:
                continue
            for name in entries:
                path = folder + os.sep + name if folder else name
                if name[:1] == "." or name == "__pycache__":
                    continue
                try:
                    status = os.lstat(self._path(path))
                except OSError:
                    continue
                if stat.S_ISDIR(status.st_mode):
                    pending.append(path)
                    found[path] = (0, 0)
                else:
                    found[path] = (status.st_size, status.st_mtime_ns)
        return found

    def _path(self, name):
        # Not with os.path.join, whose builtins code under test may have replaced.
        return self._directory + os.sep + name

    def _name(self, path):
        parts = path.split(os.sep)
        return "/".join(
            "<place>" if part in self._places else _TEMPORARY.sub("<tmp>", part) for part in parts
        )

    def _content(self, path):
        path = self._path(path)
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
            data = os.read(file, MOST_TEXT)
        finally:
            os.close(file)
        try:
            text = self._normaliser.text(data.decode("utf-8"))
        except UnicodeDecodeError:
            # Formats that hold times or addresses: only that it is there says something.
            return "bytes"
        return "file: " + text

    def _remove(self, paths):
        for path in sorted(paths, key=len, reverse=True):
            path = self._path(path)
            try:
                is_directory = stat.S_ISDIR(os.lstat(path).st_mode)
                os.rmdir(path) if is_directory else os.unlink(path)
            except OSError:
                continue
