"""The part of a project's own ``addopts`` that its tests depend on: plugins, and how files are imported."""

import configparser
import importlib.util
import re
import shlex

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS
os = safe.os

# In the order in which pytest looks for its settings.
_FILES = (
    ("pytest.ini", "pytest"),
    ("pyproject.toml", None),
    ("tox.ini", "pytest"),
    ("setup.cfg", "tool:pytest"),
)
_TOML = re.compile(
    r"""^addopts\s*=\s*(\[[^\]]*\]|\"{3}.*?\"{3}|'{3}.*?'{3}|"[^"\n]*"|'[^'\n]*')""", re.M | re.S
)
_NEEDED = ("-p", "--import-mode", "--ds", "--dc")


def session_options(root, version):
    """Options for a session of that version of pytest in a tree.

    All other options that its settings ask for are dropped.
    """
    options = ["-p", "no:cacheprovider", "-o", "addopts=", "--confcutdir", root]
    if tuple(map(int, version.split(".")[:2])) >= (3, 5):
        options += ["--rootdir", root]
    return options + needed_options(root) + ["-q"]


def needed_options(root):
    """The needed options in the first ``addopts`` of the settings files, without plugins that are missing."""
    for name, section in _FILES:
        try:
            with open(os.path.join(root, name), encoding="utf-8") as file:
                text = file.read()
            addopts = _from_toml(text) if section is None else _from_ini(text, section)
            if addopts is not None:
                return _select(shlex.split(addopts, comments=True))
        except (OSError, ValueError, configparser.Error):
            continue
    return []


def _from_ini(text, section):
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.read_string(text)
    return parser.get(section, "addopts", fallback=None)


def _from_toml(text):
    found = _TOML.search(text.partition("[tool.pytest.ini_options]")[2])
    if found is None:
        return None
    value = found.group(1)
    if value.startswith("["):
        return " ".join(re.findall(r"\"[^\"\n]*\"|'[^'\n]*'", value))
    return value.strip("\"'")


def _select(words):
    needed = []
    words = list(words)
    while words:
        word = words.pop(0)
        if word in _NEEDED and words:
            name, value = word, words.pop(0)
        elif word.startswith("-p") and not word.startswith("--"):
            name, value = "-p", word[2:]
        elif word.partition("=")[0] in _NEEDED:
            name, value = word.partition("=")[0], word.partition("=")[2]
        else:
            continue
        if name != "-p" or _is_plugin(value):
            needed += [name, value] if name == "-p" else [name + "=" + value]
    return needed


def _is_plugin(name):
    if name.startswith("no:"):
        return True
    for module in (name, "_pytest." + name):
        try:
            if importlib.util.find_spec(module) is not None:
                return True
        except (ImportError, AttributeError, ValueError):
            continue
    return False
