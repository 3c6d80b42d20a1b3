import asyncio
import unittest

from aiopipe import amap


def run(coroutine):
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()


class AmapTest(unittest.TestCase):
    def setUp(self):
        self.running = 0
        self.peak = 0

    async def wait(self, turns):
        """Let the others have so many turns, and return their number."""
        self.running += 1
        self.peak = max(self.peak, self.running)
        for _ in range(turns):
            await asyncio.sleep(0)
        self.running -= 1
        return turns

    def test_results(self):
        self.assertEqual(run(amap(self.wait, [1, 1, 1])), [1, 1, 1])

    def test_limit(self):
        run(amap(self.wait, [1, 2, 3, 4, 5], limit=2))
        self.assertLessEqual(self.peak, 2)

    def test_no_limit_of_zero(self):
        with self.assertRaises(ValueError):
            run(amap(self.wait, [1], limit=0))
