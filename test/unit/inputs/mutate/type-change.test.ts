import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../../src/python/python-parser.js';
import { minePool } from '../../../../src/inputs/mutate/pool.js';
import { returnTypes } from '../../../../src/inputs/mutate/return-types.js';
import { changesType } from '../../../../src/inputs/mutate/type-change.js';
import { int, list, str } from '../../../helpers/builders.js';

/** Whether the last argument of the call `source`, replaced by `replacement`, changes its type. */
function sut(source: string, replacement: string, seen: readonly string[] = [], returns = returnTypes([])) {
  const argument = parsePython(source)
    .descendantsOfType('call')
    .at(0)
    ?.childForFieldName('arguments')
    ?.namedChildren.at(-1);
  if (!argument) throw new Error(`no argument in ${source}`);
  return changesType(argument, replacement, {
    pool: minePool({ examples: seen, constants: [], modules: [] }),
    returns,
  });
}

describe(changesType, () => {
  it('sees a literal of another type, unless another call was given one', () => {
    expect(sut('f(1)', "'a'")).toBe(true);
    expect(sut('f(1)', '2')).toBe(false);
    expect(sut('f(1)', "'a'", ["f('b')"])).toBe(false);
  });

  it('lets anything be compared for equality and be returned', () => {
    const last = (source: string, type: string) => parsePython(source).descendantsOfType(type).at(-1);
    const changes = (source: string, type = 'integer') => {
      const node = last(source, type);
      if (!node) throw new Error(`no ${type} in ${source}`);
      return changesType(node, 'None', {
        pool: minePool({ examples: [], constants: [], modules: [] }),
        returns: returnTypes([]),
      });
    };
    expect([changes('f(x) == 1'), changes('f(x) != 1'), changes('def f():\n    return 1')]).toEqual([
      false,
      false,
      false,
    ]);
    expect([changes('f(x) < 1'), changes('f(x) in 1')]).toEqual([true, true]);
  });

  it('sees what a builtin makes of a value', () => {
    expect(sut('f(1)', 'repr(1)')).toBe(true);
    expect(sut('f(1)', 'len([1])')).toBe(false);
    expect(sut('f(1)', 'iter([1])')).toBe(true);
  });

  it('sees what a function was seen to return', () => {
    const returns = returnTypes([
      { source: 'delays(3)', value: list(int(1)) },
      { source: 'clock.now()', value: int(1) },
    ]);
    expect(sut('f(1)', 'delays(4)', [], returns)).toBe(true);
    expect(sut('f(1)', 'clock.now()', [], returns)).toBe(false);
    expect(sut('f(delays(4))', 'delays(5)', [], returns)).toBe(false);
    expect(sut('f(1)', 'delays(4)', ['f(delays(1))'], returns)).toBe(false);
    expect(sut('f(1)', 'unheard_of(4)', [], returns)).toBe(false);
  });
});

describe(returnTypes, () => {
  it('leaves out a function that answers in two types', () => {
    const types = returnTypes([
      { source: 'get(1)', value: int(1) },
      { source: 'get(2)', value: str('a') },
      { source: 'get(3)', value: int(1) },
    ]);
    expect(types.get('get')).toBeUndefined();
    expect(types.get('repr')).toBe('text');
  });
});
