import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairRecordSchema, type PairRecord } from '../../../src/model/verdict.js';
import { treeFolder } from '../../../src/pipeline/prepare/tree-folder.js';
import { audit } from '../../../src/pipeline/audit.js';
import {
  makeAuditFixture,
  openContext,
  TARGETS,
  watchSides,
  type OpenContext,
  type WatchedSide,
} from '../../helpers/audit-fixtures.js';
import { processesIn } from '../../helpers/processes.js';

const PAIR_STAGES = ['candidate tests', 'observe', 'mutate', 'confirm', 'shrink', 'developer tests'];

let opened: OpenContext;
let sides: readonly WatchedSide[];
const records: PairRecord[] = [];
/** Processes that a candidate still had when its record was made, by its model. */
const processesLeft = new Map<string, readonly string[]>();

beforeAll(async () => {
  const fixture = await makeAuditFixture();
  const { instance, failingGold, prediction } = fixture;
  opened = await openContext(fixture);
  const { context } = opened;
  sides = watchSides(context.engine);
  const here = { instanceId: failingGold.instanceId };
  await audit(
    [
      {
        instance,
        predictions: [
          ...(['sameCode', 'rewritten', 'stray', 'failingSlowly'] as const).map((name) => prediction(name)),
          ...(['overlooked', 'newFolder', 'empty', 'missing'] as const).map((name) => prediction(name)),
        ],
        tests: [],
        judged: [],
      },
      {
        instance: failingGold,
        predictions: [
          prediction('rewritten', { ...here, model: 'failing gold' }),
          prediction('empty', { ...here, model: 'empty for failing gold' }),
        ],
        tests: [],
        judged: [],
      },
    ],
    context,
    1,
    async (record) => {
      records.push(record);
      const running = await processesIn(context.workDirectory);
      const folders = Array.from({ length: 8 }, (_, index) => treeFolder(`candidate-${index}`));
      const own = running.filter((line) => folders.some((name) => line.includes(name)));
      processesLeft.set(record.model, own);
    },
  );
});
afterAll(async () => {
  await opened.close();
});

const recordOf = (model: string): PairRecord => {
  const record = records.find((one) => one.model === model);
  if (!record) throw new Error(`there is no record of ${model}`);
  return record;
};

/** The stages told of one candidate, or of its instance. */
const stagesOf = (model: string | null, instanceId = 'demo__limits-1') =>
  opened.events.flatMap((event) =>
    event.type === 'stage' && event.model === model && event.instanceId === instanceId ? [event.stage] : [],
  );

describe(audit, () => {
  it('finds the code of gold consistent and runs nothing but the tests for it', () => {
    expect(recordOf('sameCode')).toMatchObject({
      verdict: { outcome: 'consistent', identical: true },
      plausible: true,
      inputs: { tried: 0 },
    });
    expect(recordOf('sameCode').seconds.tests).toBeGreaterThan(0);
    expect(stagesOf('sameCode')).toEqual(['candidate tests']);
  });

  it('finds other code with the same answers consistent', () => {
    const record = recordOf('rewritten');
    expect(record).toMatchObject({
      verdict: { outcome: 'consistent', identical: false },
      plausible: true,
      benchmarkFailures: [],
      developerFailures: [],
      divergences: [],
      inputs: { different: 0, flaky: 0, unknown: 0 },
      targets: [{ id: TARGETS.clamp, reached: true }],
      budgetCut: false,
    });
    expect(record.inputs.same).toBeGreaterThan(20);
    expect(Object.keys(record.generated)).toEqual(
      expect.arrayContaining(['issue', 'doctest', 'test', 'mutation']),
    );
    expect(record.developerTests?.run).toBeGreaterThan(0);
  });

  it("stops at the benchmark's tests that fail, and stops the seeds before they are run again", () => {
    const record = recordOf('failingSlowly');
    expect(record).toMatchObject({
      verdict: { outcome: 'divergent' },
      plausible: false,
      benchmarkFailures: [{ id: 'tests/test_clamp.py::test_below', gold: 'passed', candidate: 'failed' }],
      inputs: { tried: 0 },
      developerTests: null,
    });
    expect(stagesOf('failingSlowly')).toEqual(['candidate tests']);
    // The only candidate that is observed and never run plainly.
    const candidates = sides.filter(({ side }) => side === 'candidate');
    const own = candidates.find(({ log }) => log.includes('serve begins') && !log.includes(' begins'));
    expect(own?.log).toEqual([
      ...['serve begins', 'tests begins', 'tests ends', 'serve ends'],
      ...['tests begins', 'tests ends'],
    ]);
    // One of the seeds would take its 30 seconds.
    expect(record.seconds.total).toBeLessThan(20);
  });

  it('finds by a mutant what the tests overlook, and shows it in a small test', () => {
    const record = recordOf('overlooked');
    expect(record).toMatchObject({
      verdict: { outcome: 'divergent' },
      plausible: true,
      benchmarkFailures: [],
    });
    expect(record.inputs.different).toBeGreaterThan(0);
    const [first] = record.divergences;
    expect(first).toMatchObject({
      aspect: 'value',
      class: 'missing',
      input: { generator: 'mutation' },
      targets: [TARGETS.clamp],
      test: { verified: true, passesOnBase: false },
    });
    expect(first!.input.mutations.length).toBeGreaterThan(0);
    expect(first!.input.prefix).toEqual(['from limits.clamp import clamp']);
    expect(first!.input.source).toMatch(/^clamp\([^()]*\)$/);
    expect(first!.test!.source).toContain(first!.input.source);
    expect(record.seconds.firstDifference).toHaveProperty('mutation');
  });

  it('judges a candidate that adds a function in a new folder like any other', () => {
    const record = recordOf('newFolder');
    expect(record).toMatchObject({ verdict: { outcome: 'divergent' }, plausible: true });
    expect(record.targets).toContainEqual({ id: TARGETS.upper, reached: true });
    expect(record.divergences[0]?.targets).toEqual(expect.arrayContaining([TARGETS.clamp, TARGETS.upper]));
  });

  it('has a verdict for what cannot be run', () => {
    expect(recordOf('stray')).toMatchObject({
      verdict: { outcome: 'not-applied', detail: expect.stringContaining('nowhere.py') as string },
      applied: { candidate: null },
      hashes: { candidateEffect: null },
    });
    for (const model of ['empty', 'missing', 'empty for failing gold'])
      expect(recordOf(model).verdict).toEqual({ outcome: 'empty' });
    for (const model of ['stray', 'empty', 'missing']) expect(stagesOf(model)).toEqual([]);
  });

  it('judges by the tests that gold passes, and names the others', () => {
    expect(recordOf('failing gold')).toMatchObject({
      verdict: { outcome: 'divergent' },
      plausible: true,
      leftOut: ['tests/test_clamp.py::test_below'],
      unmatched: [],
    });
  });

  it('tells the plan, the stages in order, and each record when it was handed over', () => {
    expect(opened.events[0]).toEqual({ type: 'planned', pairs: 10, instances: 2 });
    expect(stagesOf(null)).toEqual(['prepare', 'gold tests', 'survey']);
    for (const model of ['rewritten', 'overlooked', 'newFolder'])
      expect(stagesOf(model)).toEqual(PAIR_STAGES);
    const judged = opened.events.flatMap((event) => (event.type === 'judged' ? [event] : []));
    expect(judged.map(({ record }) => record)).toEqual(records);
    expect(judged.every(({ reused }) => !reused)).toBe(true);
    expect(records).toHaveLength(10);
  });

  it.each([
    'sameCode',
    'rewritten',
    'stray',
    'failingSlowly',
    'overlooked',
    'newFolder',
    'empty',
    'failing gold',
  ])('makes a record that adds up: %s', (model) => {
    const record = recordOf(model);
    expect(pairRecordSchema.parse(record)).toEqual(record);
    const { tried, ...counts } = record.inputs;
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    expect(sum(Object.values(counts))).toBe(tried);
    expect(sum(Object.values(record.generated))).toBe(tried);
    const { total, tests, observe, confirm, firstDifference } = record.seconds;
    expect(tests + confirm).toBeLessThanOrEqual(total);
    expect(observe).toBeLessThanOrEqual(total);
    for (const seconds of Object.values(firstDifference)) expect(seconds).toBeLessThanOrEqual(total);
  });

  it('opens base and gold once for all candidates, and a side for each candidate that is run', () => {
    const first = ['base', 'gold', 'candidate', 'candidate', 'candidate', 'candidate', 'candidate'];
    const opens = [...first, 'base', 'gold', 'candidate'];
    expect(sides.map(({ side }) => side)).toEqual(opens);
  });

  it('leaves no process of a candidate behind its record, and no tree behind its instance', async () => {
    expect([...processesLeft.values()].flat()).toEqual([]);
    const left = await readdir(opened.context.workDirectory);
    // The engine's own copy of the probe stays as long as the engine.
    expect(left.filter((name) => !name.startsWith('lib-'))).toEqual([]);
    expect(await processesIn(opened.context.workDirectory)).toEqual([]);
  });
});
