import { describe, expect, it } from 'vitest';
import { replayCalls, recordCalls, type CallPlace } from '../../../src/inputs/record-replay.js';
import { Random } from '../../../src/inputs/program/random.js';
import { anInput } from '../../helpers/builders.js';

const method: CallPlace = {
  module: 'pkg.boxes',
  qualname: 'Box.put',
  parameters: [
    { name: 'self', kind: 'positional' },
    { name: 'item', kind: 'positional' },
    { name: 'strict', kind: 'positional', defaultText: 'False' },
  ],
};
const plain: CallPlace = { module: 'pkg.boxes', qualname: 'pack', parameters: [] };
const seed = anInput('fill(box)', { prefix: ['box = make()'] });
const again = (place: CallPlace, ...seen: Parameters<typeof replayCalls>[2]) =>
  replayCalls(recordCalls(seed, place)!, place, seen, ["'red'", '12'], new Random(0)).map(
    ({ source }) => source,
  );

describe('recordCalls', () => {
  it('runs the whole seed with the method replaced, and puts it back', () => {
    const { prefix, generator, mutations } = recordCalls(seed, method)!;
    expect(prefix.filter((line) => !line.startsWith('def '))).toEqual([
      'from pkg.boxes import Box',
      'entered = []',
      'original = Box.put',
      'Box.put = keep_call',
      'box = make()',
      'fill(box)',
      'Box.put = original',
    ]);
    expect({ generator, mutations }).toEqual({ generator: 'frontier', mutations: ['frontier-call'] });
  });

  it('reaches a function through its module, whatever the package calls by the same name', () => {
    expect(recordCalls(seed, plain)!.prefix).toEqual(
      expect.arrayContaining(['home = import_module("pkg.boxes")', 'home.pack = keep_call']),
    );
  });

  it('leaves a seed alone that has a name of its own for something else', () => {
    expect(recordCalls(anInput('entered + 1'), method)).toBeUndefined();
    expect(recordCalls(anInput('f()', { prelude: 'home = 3' }), plain)).toBeUndefined();
  });
});

describe('replayCalls', () => {
  it('makes the call as it was first, by position and keyword', () => {
    const [first] = again(method, {
      positional: ['pkg.boxes.Box', 'builtins.int'],
      keywords: { lid: 'x.Lid' },
    });
    expect(first).toBe('Box.put(entered[0][0][0], entered[0][0][1], lid=entered[0][1]["lid"])');
    expect(again(plain, { positional: [], keywords: {} })).toEqual(['home.pack()']);
  });

  it('replaces an argument by values of its type and constants of the patches', () => {
    const calls = again(plain, { positional: ['builtins.int'], keywords: {} });
    expect(calls).toEqual(
      expect.arrayContaining(['home.pack(0)', 'home.pack(-entered[0][0][0])', 'home.pack(12)']),
    );
    const texts = again(plain, { positional: ['builtins.str'], keywords: {} });
    expect(texts).toEqual(expect.arrayContaining(["home.pack('')", "home.pack('red')"]));
    expect(texts).not.toContain('home.pack(12)');
  });

  it('recombines what calls were given in one place, or of one type in another', () => {
    const calls = again(
      plain,
      { positional: ['a.A', 'b.B'], keywords: {} },
      { positional: ['b.B', 'c.C'], keywords: {} },
    );
    expect(calls).toEqual(
      expect.arrayContaining([
        'home.pack(entered[1][0][0], entered[0][0][1])',
        'home.pack(entered[0][0][1], entered[1][0][1])',
      ]),
    );
    expect(calls).not.toContain('home.pack(entered[1][0][1], entered[0][0][1])');
  });

  it('gives a private function nothing but what its callers gave it', () => {
    const inside = { ...method, qualname: '_Box.put' };
    const seen = [
      { positional: ['pkg.boxes._Box', 'builtins.int'], keywords: {} },
      { positional: ['pkg.boxes._Box', 'builtins.int'], keywords: {} },
    ];
    const calls = again(inside, ...seen);
    expect(calls).toContain('_Box.put(entered[0][0][0], entered[1][0][1])');
    expect(
      calls.every((call) => /^_Box\.put\(entered\[.\]\[0\]\[0\], entered\[.\]\[0\]\[1\]\)$/.test(call)),
    ).toBe(true);
    expect(again({ ...method, qualname: 'Box.__call__' }, ...seen).join()).toContain(', 0)');
  });

  it('leaves keywords out and adds options that the call did not give', () => {
    const calls = again(method, { positional: ['pkg.boxes.Box', 'a.A'], keywords: { lid: 'x.Lid' } });
    expect(calls).toEqual(
      expect.arrayContaining([
        'Box.put(entered[0][0][0], entered[0][0][1])',
        'Box.put(entered[0][0][0], entered[0][0][1], lid=entered[0][1]["lid"], strict=not False)',
      ]),
    );
    const given = again(method, { positional: ['pkg.boxes.Box', 'a.A', 'builtins.bool'], keywords: {} });
    expect(given.join()).not.toContain('strict=');
  });
});
