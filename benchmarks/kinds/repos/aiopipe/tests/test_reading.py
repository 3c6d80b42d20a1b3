import asyncio
import unittest

from aiopipe import MemoryReader, lines


def run(coroutine):
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()


async def collect(reader):
    return [line async for line in lines(reader)]


class LinesTest(unittest.TestCase):
    def test_lines(self):
        self.assertEqual(run(collect(MemoryReader("a\nb", "c\n", "\nd"))), ["a", "bc", "", "d"])

    def test_nothing(self):
        self.assertEqual(run(collect(MemoryReader())), [])
