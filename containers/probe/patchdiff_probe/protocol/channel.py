"""The channel to the host: one JSON text a line, on the probe's own standard input and output."""

import fcntl
import os
import resource
import sys

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS

MAX_LINE = 16 * 1024 * 1024


def move_high(fd):
    """Move a descriptor to a high number, away from code that closes or writes low ones; closed on exec."""
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    floor = 960 if soft < 0 else max(3, min(960, soft - 64))
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, floor)
    os.close(fd)
    return moved


class Channel:
    """NDJSON over two private descriptors."""

    def __init__(self, source, sink):
        self._source = source
        self._sink = sink
        self._buffer = bytearray()

    @classmethod
    def take(cls):
        """Take over fds 0 and 1; afterwards 0 reads nothing and 1 goes where 2 goes."""
        sys.stdout.flush()
        source, sink = move_high(os.dup(0)), move_high(os.dup(1))
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        return cls(source, sink)

    def close(self):
        """Close both ends; used in forked processes, which must not reach the host."""
        os.close(self._source)
        os.close(self._sink)

    def lines(self):
        """Yield the lines of the source as bytes, until it ends. A line above the limit comes as ``None``."""
        skipping = False
        while True:
            end = self._buffer.find(b"\n")
            if end >= 0:
                line = bytes(self._buffer[:end])
                del self._buffer[: end + 1]
                yield None if skipping else line
                skipping = False
                continue
            if len(self._buffer) > MAX_LINE:
                skipping = True
                self._buffer.clear()
            chunk = os.read(self._source, 1 << 16)
            if not chunk:
                return
            self._buffer += chunk

    def send(self, message):
        """Write one message as a line."""
        data = memoryview((safe.to_json(message) + "\n").encode("ascii"))
        while data:
            data = data[os.write(self._sink, data) :]
