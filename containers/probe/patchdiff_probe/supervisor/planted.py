"""Files that the host adds to a tree for one test run, and what the run did to the files that steer it."""

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os

_STEERING = ("conftest.py", "__init__.py")


class PlantedFiles:
    """Test files that are in the tree while tests run, and gone afterwards.

    ``files``: objects with ``file`` (below ``root``) and ``text``. One that cannot be written is left out:
    the host misses its tests.
    """

    def __init__(self, root, files):
        self._root = root
        self._files = files
        # Those that were written.
        self.names = []

    def write(self):
        """Put them there; never over a file that the tree has."""
        for planted in self._files:
            try:
                with open(self._path(planted["file"]), "x", encoding="utf-8") as file:
                    file.write(planted["text"])
            except (OSError, UnicodeError):
                continue
            self.names.append(planted["file"])

    def remove(self):
        """Take them away again."""
        for name in self.names:
            try:
                os.unlink(self._path(name))
            except OSError:
                continue  # the tests took it away

    def _path(self, name):
        return os.path.join(self._root, name)


class SteeringWatch:
    """Tells which of some test files, and of those around them that steer tests, were written to."""

    def __init__(self, root, files):
        self._root = root
        names = set()
        for file in files:
            names.add(file)
            folder = os.path.dirname(file)
            while True:
                names.update(os.path.join(folder, name) for name in _STEERING)
                if not folder:
                    break
                folder = os.path.dirname(folder)
        self._before = {name: self._facts(name) for name in names}

    def altered(self):
        """Names of the files that are not as they were, sorted."""
        return sorted(name for name, facts in self._before.items() if facts != self._facts(name))

    def _facts(self, name):
        try:
            status = os.lstat(os.path.join(self._root, name))
        except OSError:
            return None
        # The time of the last change of the file's state is none that a program can set.
        return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
