"""From text to sections."""

from inicfg.errors import ConfigError


def parse(text):
    """Read sections, each a dictionary of texts. Lines before the first section belong to ``""``.

    >>> parse("[a]\\nx = 1")
    {'a': {'x': '1'}}
    """
    sections = {}
    name = ""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line[0] in "#;":
            continue
        if line[0] == "[":
            if line[-1] != "]":
                raise ConfigError("line %d: section without an end" % number)
            name = line[1:-1].strip()
            sections.setdefault(name, {})
            continue
        key, separator, value = line.partition("=")
        if not separator:
            raise ConfigError("line %d: no value" % number)
        sections.setdefault(name, {})[key.strip()] = value.strip()
    return sections
