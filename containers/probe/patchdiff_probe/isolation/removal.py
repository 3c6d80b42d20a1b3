"""Removal of directories. Runs in the supervisor, on files it does not trust."""

import stat

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os


def remove_tree(directory):
    """Remove a directory that hostile code may have locked, or nested deeper than a path can name.

    What cannot be removed stays.
    """
    if not _is_folder(directory):
        return _try(os.unlink, directory)
    _try(os.chmod, directory, stat.S_IRWXU)
    # Every folder is moved up before it is listed, so that no path grows. No folder is created, as the disk
    # may be full.
    folders, moved = [directory], 0
    while folders:
        folder = folders.pop()
        for name in _try(os.listdir, folder) or ():
            path = os.path.join(folder, name)
            if not _is_folder(path):
                _try(os.unlink, path)
                continue
            _try(os.chmod, path, stat.S_IRWXU)
            place = path
            while folder != directory and os.path.lexists(place):
                moved += 1
                place = os.path.join(directory, str(moved))
            _try(os.rename, path, place)
            folders.append(place)
        if folder != directory:
            _try(os.rmdir, folder)
    _try(os.rmdir, directory)


def _is_folder(path):
    status = _try(os.lstat, path)
    return status is not None and stat.S_ISDIR(status.st_mode)


def _try(function, *arguments):
    try:
        return function(*arguments)
    except OSError:
        return None
