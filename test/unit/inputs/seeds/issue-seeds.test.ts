import { describe, expect, it } from 'vitest';
import { seedsFromIssue, unresolvedNames, withImports } from '../../../../src/inputs/seeds/issue-seeds.js';

const CONTEXT = {
  importHints: new Map([
    ['x', "x, y = symbols('x y')"],
    ['symbols', 'from lib import symbols'],
    ['sin', 'from lib import sin'],
  ]),
  packageNames: ['lib'],
};

const seeds = (text: string) => seedsFromIssue(text, CONTEXT);
const statements = (text: string): (readonly string[])[] => seeds(text).map((seed) => seed.statements);

describe('seedsFromIssue', () => {
  it.each([
    ['a fence', 'Text:\n```python\nf(1)\ny = 2\n```\nmore', [['f(1)', 'y = 2']]],
    ['a fence without language, indented', '- item\n  ```\n  f(1)\n  ```', [['f(1)']]],
    [
      'an indented block',
      'Text:\n\n    f(1)\n    if a:\n        g(2)\n\nmore',
      [['f(1)', 'if a:\n    g(2)']],
    ],
    ['CRLF', 'Text:\r\n```\r\nf(1)\r\ng(2)\r\n```', [['f(1)', 'g(2)']]],
    [
      'a transcript',
      '```\n>>> f(1)\n[1, 2]\n>>> def g():\n...     return 1\n...\n>>> g()\n1\n```',
      [['f(1)', 'def g():\n    return 1', 'g()']],
    ],
    [
      'a transcript of IPython',
      '```\nIn [1]: f(1)\nOut[1]: 2\n\nIn [2]: def g():\n   ...:     return 1\n   ...: \n```',
      [['f(1)', 'def g():\n    return 1']],
    ],
    ['a transcript amid text', 'Text\n>>> f(1)\n2\n>>> g(2)\n\nmore text', [['f(1)', 'g(2)']]],
    ['a transcript with missing prompts', '>>> f(1,\n      2)\n3', [['f(1,\n      2)']]],
    [
      'unmarked lines of code',
      'Text here.\n\nimport lib\nlib.f(1)\n\nMore text.',
      [['import lib', 'lib.f(1)']],
    ],
    [
      'inline calls',
      'Look at `f(1).g(2)` and ``h("é")``, not at `name` or `x = 1`.',
      [['f(1).g(2)'], ['h("é")']],
    ],
    [
      'unmarked calls',
      'Then Derivative(f(t), t).doit(k=1) (see below) yields f() or this(one (two.',
      [['Derivative(f(t), t).doit(k=1)']],
    ],
    ["Python 2's print", '```\nprint f(1), g(2)\nprint\n```', [['f(1)', 'g(2)']]],
    [
      'code for the main module',
      '```\nif __name__ == "__main__":\n    f(1)\n    g(2)\n```',
      [['f(1)', 'g(2)']],
    ],
  ])('reads %s', (_, text, expected) => {
    expect(statements(text)).toEqual(expected);
  });

  it.each([
    ['shell', '```\n$ pip install lib\npip install lib\n```\n```bash\npython f(1)\n```'],
    ['a diff', '```\ndiff --git a/m.py b/m.py\n--- a/m.py\n+++ b/m.py\n@@ -1 +1 @@\n-f(1)\n+f(2)\n```'],
    [
      'a traceback',
      '```\nTraceback (most recent call last):\n  File "m.py", line 1, in <module>\n    f(1)\nValueError: bad\n```',
    ],
    ['an error line', '```\nValueError: bad\n```'],
    ['output', '```\nTrue\n[1, 2]\nfoo\n```'],
    ['a comment of the template', '<!-- run `f(1)` -->'],
    ['prose', 'This is (really) prose. It has lines.\n\nHello'],
  ])('gives none for %s', (_, text) => {
    expect(seeds(text)).toEqual([]);
  });

  it('keeps the statements around what does not parse', () => {
    expect(
      statements('```\nf(1)\nthis is broken (\ng(2)\nwhile True:\n    h()\nelse:\n    k()\n```'),
    ).toEqual([['f(1)', 'g(2)', 'while True:\n    h()\nelse:\n    k()']]);
  });

  it('takes names from earlier blocks, hints and packages', () => {
    const [first, second] = seeds(
      '```\nfrom lib import sin, cos\na = cos(0)\n```\n```\nlib.f(a, sin(x))\n```',
    );
    expect(first?.prelude).toBe('');
    expect(second).toMatchObject({
      prelude: "import lib\nfrom lib import symbols\nx, y = symbols('x y')\nfrom lib import sin, cos".replace(
        'sin, cos',
        'sin, cos',
      ),
      setUp: [],
      statements: ['a = cos(0)', 'lib.f(a, sin(x))'],
    });
  });

  it('gives tests in an issue as seeds of their own', () => {
    const sut = seeds('```\nfrom lib import f\ndef test_a():\n    assert f(1)\n```');
    expect(sut.map(({ label }) => label)).toEqual(['issue block 1', 'issue block 1 test_a']);
    expect(sut[1]?.statements).toEqual(['from lib import f', 'assert f(1)']);
  });

  it('names every block by its place, and gives no block twice', () => {
    const sut = seeds('```\nf(1)\n```\n```\nf(1)\n```\n`g(1)`');
    expect(sut.map(({ id, origin }) => [id, origin])).toEqual([
      ['issue-block-1', 'issue'],
      ['issue-block-3', 'issue'],
    ]);
  });
});

describe('unresolved names', () => {
  it('are those that neither the seed nor Python provides, and can be imported', () => {
    const [seed] = seeds('```\nfrom __future__ import division\nz = Mystery(len(x), sin)\nf(z)\n```');
    expect(unresolvedNames(seed!)).toEqual(['Mystery', 'f']);
    const resolved = withImports(seed!, { Mystery: 'lib.core', toString: 'no' });
    expect(resolved.prelude.split('\n')[0]).toBe('from lib.core import Mystery');
    expect(unresolvedNames(resolved)).toEqual(['f']);
    expect(withImports(seed!, {})).toBe(seed);
  });
});
