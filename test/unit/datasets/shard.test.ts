import { describe, expect, it } from 'vitest';
import { instanceOf } from '../../../src/datasets/row.js';
import { inShard, parseShard, selectionHash } from '../../../src/datasets/shard.js';

const instance = (id: string, image?: string) =>
  instanceOf({
    value: {
      instance_id: id,
      repo: 'o/r',
      base_commit: 'c',
      patch: 'p',
      FAIL_TO_PASS: [],
      PASS_TO_PASS: [],
      image,
    },
    source: { file: 'd' },
    place: 'd',
  });
const ids = Array.from({ length: 60 }, (_, index) => `o__r-${index}`);
const shardsOf = (instances: readonly ReturnType<typeof instance>[], of: number) =>
  Array.from({ length: of }, (_, at) =>
    inShard(instances, { index: at + 1, of }).map((one) => one.instanceId),
  );

describe(inShard, () => {
  it('puts every instance into one shard, and about as many into each', () => {
    const shards = shardsOf(
      ids.map((id) => instance(id)),
      4,
    );
    expect(shards.flat().sort()).toEqual([...ids].sort());
    expect(shards.every(({ length }) => length > 6 && length < 24)).toBe(true);
  });

  it('moves no instance when rows are added', () => {
    const before = inShard(
      ids.slice(0, 30).map((id) => instance(id)),
      { index: 2, of: 3 },
    );
    const after = inShard(
      ids.map((id) => instance(id)),
      { index: 2, of: 3 },
    );
    const known = new Set(ids.slice(0, 30));
    expect(after.filter(({ instanceId }) => known.has(instanceId))).toEqual(before);
  });

  it('keeps the instances of one image together', () => {
    const shards = shardsOf(
      ids.map((id, index) => instance(id, `image:${index % 3}`)),
      5,
    );
    const images = shards.map((own) => new Set(own.map((id) => Number(id.split('-')[1]) % 3)));
    expect(images.reduce((sum, { size }) => sum + size, 0)).toBe(3);
  });
});

it.each(['0/2', '3/2', '1', 'a/b', '1/0', '1/2/3', '-1/2'])('refuses the shard %s', (text) => {
  expect(() => parseShard(text)).toThrow(/--shard .* is not of the form i\/n/);
});

it('hashes a selection whatever its order', () => {
  expect(parseShard('2/4')).toEqual({ index: 2, of: 4 });
  expect(selectionHash(['b', 'a'])).toBe(selectionHash(['a', 'b']));
  expect(selectionHash(['a'])).not.toBe(selectionHash(['a', 'b']));
});
