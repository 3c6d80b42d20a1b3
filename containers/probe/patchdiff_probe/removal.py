"""Removal of directories. Runs in the supervisor, on files it does not trust."""

import os
import stat
import tempfile


def remove_tree(directory):
    """Remove a directory that hostile code may have locked, or made deeper than a path can name; what resists stays."""
    parent, name = os.path.split(directory)
    if not _is_folder(directory):
        return _try(os.unlink, directory)
    _try(os.chmod, directory, stat.S_IRWXU)
    # Every folder is moved up here before what is in it is looked at, so that no path grows.
    yard = tempfile.mkdtemp(prefix=name + ".", dir=parent)
    folders, moved = [directory], 0
    while folders:
        folder = folders.pop()
        for name in _try(os.listdir, folder) or ():
            path = os.path.join(folder, name)
            if not _is_folder(path):
                _try(os.unlink, path)
                continue
            _try(os.chmod, path, stat.S_IRWXU)
            moved += 1
            place = os.path.join(yard, str(moved))
            _try(os.rename, path, place)
            folders.append(place)
        _try(os.rmdir, folder)
    _try(os.rmdir, yard)


def _is_folder(path):
    status = _try(os.lstat, path)
    return status is not None and stat.S_ISDIR(status.st_mode)


def _try(function, *arguments):
    try:
        return function(*arguments)
    except OSError:
        return None
