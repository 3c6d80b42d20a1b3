import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { rewriteNames } from '../../../benchmarks/bench/controls/candidates.js';

const REWRITER = 'benchmarks/bench/controls/rewrite.py';

/** Functions that give every rewrite something to do, and what to call them with. */
const SOURCE = `
import asyncio

LIMIT = 3

def pick(xs, flag=False):
    """Pick.

        Indented text that must stay as it is.
    """
    low, high = 1, LIMIT
    squares = [x * low for x in xs if x not in (high,)]
    while low < 3:
        low += 1
        if low == 2: continue
    if flag and squares:
        return squares if len(squares) > 1 else None
    for y in range(3):
        high += y
    if high > 7:
        return high
    else:
        low = 'a\\nb'
    return [(low, x, y) for x in xs for y in xs if x is not y]

def count(n):
    if n > 1:
        yield n
    elif n == 1:
        yield 'one'
    else:
        yield from (n, n)

async def ticks(n):
    for i in range(n):
        yield i

async def collect(n):
    return [tick async for tick in ticks(n)]

class Shelf:
    def __init__(self, *things):
        self.things = [t for t in things]

    @property
    def first(self):
        """First.

        More.
        """
        if not self.things:
            return None
        thing = self.things[0]
        return thing

def untouched(x):
    a, b = x, x
    return [c for c in (a, b)]  # a comment
`;
const CALLS = `
for call in (
    "asyncio.run(collect(3))", "pick([1, 2, 3])", "pick([1, 2], True)", "pick([1], flag=1)", "pick([], True)", "pick([None, 1, 5])", "pick(7)",
    "list(count(0))", "list(count(1))", "list(count(2))", "Shelf(1, 2).first", "Shelf().first", "Shelf(3).things",
    "pick.__doc__", "Shelf.first.__doc__", "untouched(4)",
):
    try:
        print(call, repr(eval(call)))
    except Exception as error:
        print(call, type(error), error)
`;
const BASE = `def untouched(x):\n    a, b = x, x\n    return [c for c in (a, b)]\n`;

async function rewrite(rewrites: readonly string[]): Promise<{ source: string; applied: string[] }> {
  const input = JSON.stringify({ base: BASE, gold: SOURCE, rewrites });
  const { stdout } = await execa('python3', [REWRITER], { input });
  return JSON.parse(stdout) as { source: string; applied: string[] };
}

const behaviour = async (source: string): Promise<string> =>
  (await execa('python3', ['-c', source + CALLS])).stdout;

describe('rewrite.py', async () => {
  const names = await rewriteNames('python3');
  const before = await behaviour(SOURCE);

  it('has ten rewrites and more, besides other names and another layout', () => {
    expect(names.length).toBeGreaterThanOrEqual(12);
  });

  it.each(names)('changes the text and not the behaviour: %s', async (name) => {
    const { source, applied } = await rewrite([name]);
    expect(applied).toEqual([name]);
    expect(source).not.toBe(SOURCE);
    expect(await behaviour(source)).toBe(before);
  });

  it('changes no behaviour when all are applied, and nothing that the patch left alone', async () => {
    const { source, applied } = await rewrite(names);
    expect(applied.toSorted()).toEqual(names.toSorted());
    expect(await behaviour(source)).toBe(before);
    expect(source).toContain('return [c for c in (a, b)]  # a comment');
  });

  it('leaves code alone in which there is nothing to rewrite', async () => {
    const given = { base: null, gold: 'def f(x):\n    return None\n', rewrites: ['while-true'] };
    const { stdout } = await execa('python3', [REWRITER], { input: JSON.stringify(given) });
    expect(JSON.parse(stdout)).toEqual({ source: given.gold, applied: [] });
  });
});
