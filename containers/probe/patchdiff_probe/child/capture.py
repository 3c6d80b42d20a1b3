"""What a step writes to stdout and stderr, through ``sys`` or straight to descriptors 1 and 2."""

import io
import sys

from patchdiff_probe import safe
from patchdiff_probe.protocol.channel import move_high

__builtins__ = safe.BUILTINS
os = safe.os
_BufferedWriter, _FileIO, _TextIOWrapper = io.BufferedWriter, io.FileIO, io.TextIOWrapper


# What is read of a stream for its digest, at most: who writes more floods it.
MOST_READ = 4 * 1024 * 1024


class Capture:
    """Redirects descriptors 1 and 2 and ``sys.stdout``/``sys.stderr`` to two unlinked files."""

    def __init__(self, directory):
        self._files = []
        for name in ("stdout", "stderr"):
            path = os.path.join(directory, name)
            fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
            os.unlink(path)
            self._files.append(move_high(fd))
        self._streams = [None, None]

    def begin(self):
        """Empty both files and redirect everything to them, whatever the step before did to its streams."""
        for index, file in enumerate(self._files):
            stream = self._streams[index]
            _flush(stream)  # drop what an earlier step wrote
            os.ftruncate(file, 0)
            os.dup2(file, index + 1)
            if stream is None or stream.closed:
                buffer = _BufferedWriter(_FileIO(index + 1, "w", closefd=False))
                stream = _TextIOWrapper(buffer, "utf-8", "backslashreplace", "\n", write_through=True)
                self._streams[index] = stream
        sys.stdout = sys.__stdout__ = self._streams[0]
        sys.stderr = sys.__stderr__ = self._streams[1]

    def read(self):
        """What was written since ``begin``: (stdout, stderr, whether either was flooded)."""
        texts = []
        over = False
        for stream, file in zip(self._streams, self._files):
            _flush(stream)
            data = os.pread(file, MOST_READ + 1, 0)
            over = over or len(data) > MOST_READ
            texts.append(data[:MOST_READ].decode("utf-8", "backslashreplace"))
        return texts[0], texts[1], over


def _flush(stream):
    try:
        if stream is not None:
            stream.flush()
    except (ValueError, OSError):
        pass  # closed by the step
