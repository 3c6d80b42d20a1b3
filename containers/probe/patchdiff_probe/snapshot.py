"""The files of a directory kept as they are at one moment, and put back. Runs in the supervisor, on files it does not trust."""

import os
import shutil
import stat

from patchdiff_probe.removal import remove_tree

MOST_FILES = 2000
MOST_BYTES = 32 * 1024 * 1024
MOST_FOLDERS = 100


class Snapshot:
    """What a directory holds now. Raises ValueError where that is too much, or not only files, folders and links."""

    def __init__(self, directory):
        self._directory = directory
        self._copy = directory + ".kept"
        listing = _list(directory)
        if len(listing) > MOST_FILES or sum(size for size, _ in listing.values()) > MOST_BYTES:
            raise ValueError("too many or too large files")
        if any(path.count(os.sep) > directory.count(os.sep) + MOST_FOLDERS for path in listing):
            raise ValueError("too many folders in one another")
        remove_tree(self._copy)
        shutil.copytree(directory, self._copy, symlinks=True)
        self._listing = _list(directory)

    def restore(self):
        """Put everything back where something changed."""
        if self._is_kept():
            return
        remove_tree(self._directory)
        shutil.copytree(self._copy, self._directory, symlinks=True)
        self._listing = _list(self._directory)

    def _is_kept(self):
        try:
            return _list(self._directory) == self._listing
        except (ValueError, OSError):
            return False  # a pipe or socket was put there

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
