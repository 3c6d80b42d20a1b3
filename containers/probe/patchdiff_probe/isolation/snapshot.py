"""A copy of a directory, to put it back later. Runs in the supervisor, on files it does not trust."""

import shutil
import stat

from patchdiff_probe import safe
from patchdiff_probe.isolation.removal import remove_tree

__builtins__ = safe.BUILTINS
os = safe.os

MAX_FILES = 2000
MAX_BYTES = 32 * 1024 * 1024
MAX_FOLDERS = 100


class DirectorySnapshot:
    """What a directory holds now.

    Raises ValueError where that is too much, or anything but files, folders and links.
    """

    def __init__(self, directory):
        self._directory = directory
        self._copy = directory + ".kept"
        listing = _list(directory)
        if len(listing) > MAX_FILES or sum(size for size, _ in listing.values()) > MAX_BYTES:
            raise ValueError("too many or too large files")
        if any(path.count(os.sep) > directory.count(os.sep) + MAX_FOLDERS for path in listing):
            raise ValueError("too many folders in one another")
        remove_tree(self._copy)
        shutil.copytree(directory, self._copy, symlinks=True)
        self._listing = _list(directory)

    def restore(self):
        """Put everything back, if anything changed."""
        if self._is_unchanged():
            return
        remove_tree(self._directory)
        shutil.copytree(self._copy, self._directory, symlinks=True)
        self._listing = _list(self._directory)

    def _is_unchanged(self):
        try:
            return _list(self._directory) == self._listing
        except (ValueError, OSError):
            return False  # such as a pipe or socket that was put there

    def drop(self):
        """Remove the directory and the copy."""
        for path in (self._directory, self._copy):
            remove_tree(path)


def _list(directory):
    found = {}
    folders = [directory]
    while folders:
        folder = folders.pop()
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            status = os.lstat(path)
            if stat.S_ISREG(status.st_mode):
                found[path] = (status.st_size, status.st_mtime_ns)
                continue
            found[path] = (0, 0)
            if stat.S_ISDIR(status.st_mode):
                folders.append(path)
            elif not stat.S_ISLNK(status.st_mode):
                raise ValueError("not only files, folders and links")
    return found
