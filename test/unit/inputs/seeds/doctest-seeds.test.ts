import { describe, expect, it } from 'vitest';
import { findDefinitions } from '../../../../src/python/definitions.js';
import { seedsFromDocstring } from '../../../../src/inputs/seeds/doctest-seeds.js';

const source = (doc: string): string =>
  `from other import helper\n\ndef f(x):\n    """Text.\n\n${doc.replace(/^/gm, '    ')}\n    """\n    return x\n`;

function seedOf(doc: string) {
  const text = source(doc);
  const definition = findDefinitions('pkg/m.py', text).find(({ qualname }) => qualname === 'f')!;
  return seedsFromDocstring(definition, 'pkg.m', text)[0];
}

describe('seedsFromDocstring', () => {
  it('takes the examples in order, with what follows their prompts, and imports names of the module', () => {
    expect(
      seedOf(
        '>>> y = f(1)\n>>> for i in [y]:\n...     helper(i,\n...            len([i]))\n1\n\nText.\n\n>>> f(unknown)\n2',
      ),
    ).toEqual({
      id: 'doctest:pkg/m.py::f',
      origin: 'doctest',
      file: 'pkg/m.py',
      line: 3,
      label: 'f',
      prelude: 'from pkg.m import f, helper',
      setUp: [],
      statements: ['y = f(1)', 'for i in [y]:\n    helper(i,\n           len([i]))', 'f(unknown)'],
    });
  });

  it('does not import what the examples import or bind themselves', () => {
    expect(seedOf('>>> from pkg import f\n>>> helper = 1\n>>> f(helper)')?.prelude).toBe('');
  });

  it('leaves out skipped examples and gives the last value its name', () => {
    expect(seedOf('>>> f(1)  # doctest: +SKIP\n>>> f(2)\n>>> _ + 1')?.statements).toEqual([
      'f(2)',
      '_ = (f(2))',
      '_ + 1',
    ]);
  });

  it('gives none without examples', () => {
    expect(seedOf('Just text.')).toBeUndefined();
  });
});
