"""One coroutine for many items."""

import asyncio


async def amap(function, items, limit=4):
    """Await ``function(item)`` for all items, at most ``limit`` of them at a time, and give the results.

    >>> async def double(number):
    ...     return 2 * number
    >>> asyncio.new_event_loop().run_until_complete(amap(double, [1, 2]))
    [2, 4]
    """
    if limit < 1:
        raise ValueError("nothing can run with a limit of %r" % (limit,))
    free = asyncio.Semaphore(limit)
    results = []

    async def work(item):
        async with free:
            results.append(await function(item))

    await asyncio.gather(*[work(item) for item in items])
    return results
