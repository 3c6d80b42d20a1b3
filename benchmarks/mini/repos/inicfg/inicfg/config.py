"""Settings in sections, with conversions."""

from inicfg.errors import ConfigError
from inicfg.parser import parse
from inicfg.writer import dump

_SWITCHES = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}


class Config:
    """Settings read from text.

    >>> config = Config("[server]\\nport = 80")
    >>> config.getint("server", "port")
    80
    """

    def __init__(self, text=""):
        self._sections = parse(text)

    def sections(self):
        """Names of the sections, in order."""
        return list(self._sections)

    def get(self, section, key, default=None):
        """The text of a setting, or ``default``.

        >>> Config("[a]\\nx = 1").get("a", "x")
        '1'
        """
        options = self._sections[section]
        return options.get(key, default)

    def getint(self, section, key, default=0):
        """A setting as an integer, or ``default``.

        >>> Config("[a]\\nx = 1").getint("a", "y", 7)
        7
        """
        return int(self.get(section, key, default))

    def getbool(self, section, key):
        """A setting as a switch: yes, no, on, off, true or false.

        >>> Config("[a]\\nx = On").getbool("a", "x")
        True
        """
        text = self._sections[section][key].lower()
        if text not in _SWITCHES:
            raise ConfigError("not a switch: %r" % text)
        return _SWITCHES[text]

    def getlist(self, section, key, separator=","):
        """The parts of a setting.

        >>> Config("[a]\\nx = 1, 2").getlist("a", "x")
        ['1', '2']
        """
        text = self._sections[section][key]
        return [part.strip() for part in text.split(separator)]

    def set(self, section, key, value):
        """Change a setting or add it.

        >>> config = Config()
        >>> config.set("a", "x", 1)
        >>> config.get("a", "x")
        '1'
        """
        self._sections.setdefault(section, {})[key] = str(value)

    def dump(self):
        """The settings as text."""
        return dump(self._sections)
