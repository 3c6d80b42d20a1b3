"""Messages from a process that runs code under test, over a socket to which that code may also write.

A frame is a line that starts with a nonce that only this process and the supervisor know; anything else that
arrives is dropped.
"""

from patchdiff_probe import safe
from patchdiff_probe.protocol.channel import MAX_LINE

__builtins__ = safe.BUILTINS
os = safe.os


def new_nonce():
    """A secret for one process, as hexadecimal bytes."""
    return os.urandom(16).hex().encode("ascii")


class FrameWriter:
    """Sends frames; used in the process that runs code under test.

    A process that code under test forked may return into the probe with a copy of the writer; ``send`` ends
    it.
    """

    def __init__(self, fd, nonce):
        self._fd = fd
        self._nonce = nonce
        self._owner = os.getpid()
        self._queued = b""

    def queue(self, message):
        """Keep a message (plain data) until the next one is sent, as every write wakes the supervisor."""
        self._queued += b"\n" + self._nonce + b" " + safe.to_json(message).encode("ascii") + b"\n"

    def send(self, message):
        """Send what is queued and one message. Raises OSError when the descriptor is closed."""
        self.queue(message)
        self.flush()

    def flush(self):
        """Send what is queued. As ``send`` otherwise."""
        if os.getpid() != self._owner:
            os._exit(0)
        data, self._queued = memoryview(self._queued), b""
        while data:
            data = data[os.write(self._fd, data) :]

    def close(self):
        """Close the descriptor."""
        os.close(self._fd)


class FrameReader:
    """Splits received bytes into messages; used by the supervisor."""

    def __init__(self, nonce):
        self._prefix = nonce + b" "
        self._buffer = bytearray()

    def feed(self, data):
        """Add received bytes; returns the complete messages in them, in order."""
        self._buffer += data
        if b"\n" not in data:
            if len(self._buffer) > MAX_LINE:
                self._buffer.clear()
            return []
        lines = bytes(self._buffer).split(b"\n")
        self._buffer = bytearray(lines.pop())
        return [message for message in map(self._decode, lines) if message is not None]

    def _decode(self, line):
        if not line.startswith(self._prefix):
            return None
        try:
            message = safe.from_json(line[len(self._prefix) :].decode("ascii"))
        except ValueError:
            return None
        return message if isinstance(message, dict) else None
