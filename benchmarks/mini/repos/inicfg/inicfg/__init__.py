"""A small reader and writer for INI-like settings."""

from inicfg.config import Config
from inicfg.errors import ConfigError
from inicfg.paths import user_config_path

__all__ = ["Config", "ConfigError", "user_config_path"]
