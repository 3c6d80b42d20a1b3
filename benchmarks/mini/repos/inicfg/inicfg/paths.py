"""Where a user's settings are."""

import os


def user_config_path(application, environ):
    """The settings file of an application, for the user whose environment this is.

    >>> user_config_path("edit", {"HOME": "/home/ann"})
    '/home/ann/.config/edit/config.ini'
    """
    if os.name == "nt":
        return _windows_path(application, environ)
    return _posix_path(application, environ)


def _posix_path(application, environ):
    return "%s/.config/%s/config.ini" % (environ["HOME"], application)


def _windows_path(application, environ):
    return "%s\\%s\\config.ini" % (environ["APPDATA"], application)
