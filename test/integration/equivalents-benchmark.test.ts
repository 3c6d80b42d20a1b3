import { expect, it } from 'vitest';
import { STRONG_GRADES } from '../../src/metrics/evidence.js';
import { checkPair } from '../../src/index.js';
import { readPairs, writePair } from '../../benchmarks/bench/equivalents/pairs.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

/** A few of the pairs, one of each way in which a difference is no evidence; `npm run bench:equivalents` runs all. */
const CHOSEN = [
  'alike/cached-property',
  'alike/random-choice',
  'alike/traceback-text',
  'wrong/property-value',
];

const pairs = await readPairs();

it('has pairs enough of both kinds, each under a name of its own', () => {
  const count = (kind: string) => pairs.filter((pair) => pair.kind === kind).length;
  expect(count('alike')).toBeGreaterThanOrEqual(30);
  expect(count('wrong')).toBeGreaterThanOrEqual(12);
  expect(new Set(pairs.map(({ title }) => title)).size).toBe(pairs.length);
  for (const { gold, candidate, base } of pairs) expect(new Set([gold, candidate, base]).size).toBe(3);
});

it.each(pairs.filter(({ kind, name }) => CHOSEN.includes(`${kind}/${name}`)))(
  '$kind/$name: $title',
  async (pair) => {
    const folder = await temporaryDirectory();
    const { repository, gold, candidate } = await writePair(pair, folder);
    const { record } = await checkPair({
      repo: repository,
      gold,
      candidate,
      out: await temporaryDirectory(),
      engine: 'local',
      budget: 30,
      mutants: 100,
      suiteSeconds: 10,
    });
    const strong = record.divergences.filter(({ grade }) => STRONG_GRADES.includes(grade));
    expect(strong.length > 0).toBe(pair.kind === 'wrong');
    for (const { test } of strong) expect(test?.verified).toBe(true);
  },
);
