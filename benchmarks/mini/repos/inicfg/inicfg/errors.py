"""What can go wrong."""


class ConfigError(ValueError):
    """Text or a setting that does not make a configuration."""
