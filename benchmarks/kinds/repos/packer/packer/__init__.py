"""Values to bytes and back."""

from packer.codecs import CodecError, available, dumps, loads

__all__ = ["CodecError", "available", "dumps", "loads"]
