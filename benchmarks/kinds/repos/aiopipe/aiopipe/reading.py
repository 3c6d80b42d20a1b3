"""Lines from readers of text."""


class MemoryReader:
    """A reader of texts that are in memory.

    A reader has ``async read()``, which gives "" at the end, and ``close()``.
    """

    def __init__(self, *texts):
        self._texts = list(texts)
        self.closed = False

    async def read(self):
        """The next piece of text."""
        if self.closed:
            raise ValueError("the reader is closed")
        return self._texts.pop(0) if self._texts else ""

    def close(self):
        """Nothing can be read any more."""
        self.closed = True


async def lines(reader):
    """The lines of a reader, without their ends."""
    rest = ""
    while True:
        text = await reader.read()
        if not text:
            break
        *complete, rest = (rest + text).split("\n")
        for line in complete:
            yield line
    if rest:
        yield rest
