import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SideTree } from '../../../src/model/side.js';
import { openInstance, type OpenInstance } from '../../../src/pipeline/instance.js';
import { auditPair } from '../../../src/pipeline/pair.js';
import { prepareCandidate } from '../../../src/pipeline/prepare/prepare-candidate.js';
import {
  FEW_STEPS,
  makeAuditFixture,
  openContext,
  TARGETS,
  watchSides,
  type AuditFixture,
  type OpenContext,
  type WatchedSide,
} from '../../helpers/audit-fixtures.js';

let fixture: AuditFixture;
let opened: OpenContext;
let sides: readonly WatchedSide[];
/** A row that names no tests: those that its test patch touches say what gold does, not what a candidate must. */
let instance: OpenInstance;

beforeAll(async () => {
  fixture = await makeAuditFixture();
  opened = await openContext(fixture);
  sides = watchSides(opened.context.engine);
  const unnamed = { ...fixture.instance, failToPass: [], passToPass: [] };
  instance = await openInstance({ instance: unnamed, tests: [] }, opened.context);
});
afterAll(async () => {
  await instance.dispose();
  await opened.close();
});

/** Of a candidate that changes no file that steers tests. */
const treesOf = (tree: SideTree) => ({ own: tree, observed: tree, tested: tree, steering: [] });

/** Audits a candidate of the open instance. */
async function findingsOf(name: 'failing' | 'rewritten') {
  const prediction = fixture.prediction(name);
  const prepared = await prepareCandidate(instance.prepared, prediction, name);
  if (prepared.kind !== 'ready') throw new Error(prepared.reason);
  return auditPair(instance, prediction, treesOf(prepared.tree), opened.context);
}

describe(openInstance, () => {
  it('plans the tests, qualifies gold and surveys the seeds', () => {
    const { plan, qualification, goldTargets, bank, survey } = instance;
    expect(plan).toMatchObject({
      ...{ benchmark: ['tests/test_clamp.py'], developer: ['tests/test_percent.py'], rest: [] },
    });
    expect(qualification).toMatchObject({ leftOut: [], passOnBase: [] });
    expect(qualification.benchmark.map(({ results }) => results.map(({ status }) => status))).toEqual([
      ['passed', 'passed', 'passed'],
      ['passed', 'passed', 'passed'],
    ]);
    expect(goldTargets.map(({ id }) => id)).toEqual([TARGETS.clamp]);
    expect(new Set(bank.seeds.map(({ origin }) => origin))).toEqual(new Set(['issue', 'doctest', 'test']));
    const surveyed = bank.seeds.filter(({ origin }) => origin === 'test');
    expect(surveyed.map(({ label }) => label).sort()).toEqual([
      ...['test_above', 'test_below', 'test_half', 'test_inside'],
    ]);
    for (const { id } of surveyed) expect([...survey.get(id)!]).toEqual([TARGETS.clamp]);
  });
});

describe(auditPair, () => {
  it('counts opening the side of the candidate among its seconds', async () => {
    const OPENING_MS = 3000;
    const block = (side: string) => {
      if (side === 'candidate') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OPENING_MS);
    };
    const slow = await openContext(fixture, { options: { ...FEW_STEPS, mutants: 1 } });
    watchSides(slow.context.engine, block);
    const own = await openInstance({ instance: fixture.instance, tests: [] }, slow.context);
    const prediction = fixture.prediction('failing');
    const prepared = await prepareCandidate(own.prepared, prediction, 'slow');
    if (prepared.kind !== 'ready') throw new Error(prepared.reason);
    const { seconds } = await auditPair(own, prediction, treesOf(prepared.tree), slow.context);
    expect(seconds!.total - seconds!.tests).toBeGreaterThanOrEqual(OPENING_MS / 1000);
    await own.dispose();
    await slow.close();
  });

  it('compares on where no test that ran goes by the ids of the fix, and calls nothing plausible', async () => {
    const unmatched = ['tests/test_clamp.py::test_renamed'];
    const alone = await openContext(fixture);
    const renamed = { ...fixture.instance, failToPass: unmatched };
    const own = await openInstance({ instance: renamed, tests: [] }, alone.context);
    const prediction = fixture.prediction('overlooked');
    const prepared = await prepareCandidate(own.prepared, prediction, 'renamed');
    if (prepared.kind !== 'ready') throw new Error(prepared.reason);
    const findings = await auditPair(own, prediction, treesOf(prepared.tree), alone.context);
    expect(findings).toMatchObject({ plausible: null, unmatched, leftOut: unmatched });
    expect(findings.verdict).toEqual({ outcome: 'divergent' });
    await own.dispose();
    await alone.close();
  });

  it('searches on where a row names no tests, and counts those that fail among the developers', async () => {
    const findings = await findingsOf('failing');
    expect(findings).toMatchObject({
      verdict: { outcome: 'divergent' },
      plausible: null,
      developerFailures: [
        { id: 'tests/test_clamp.py::test_below', file: 'tests/test_clamp.py', candidate: 'failed' },
      ],
    });
    expect(findings.divergences?.map((one) => one.class)).toContain('missing');
  });

  it('uses the answers that gold gave for the candidate before', async () => {
    const goldAnswers = new Map(instance.goldAnswers);
    expect(goldAnswers.size).toBeGreaterThan(0);
    expect(await findingsOf('rewritten')).toMatchObject({
      verdict: { outcome: 'consistent', identical: false },
      plausible: null,
      developerFailures: [],
    });
    for (const [id, answer] of goldAnswers) expect(instance.goldAnswers.get(id)).toBe(answer);
  });

  it('ends what ran on a candidate, and keeps the sides that all candidates share', () => {
    expect(sides.map(({ side }) => side)).toEqual(['base', 'gold', 'candidate', 'candidate']);
    const running = ({ log }: WatchedSide) =>
      log.filter((line) => line.endsWith('begins')).length >
      log.filter((line) => line.endsWith('ends')).length;
    expect(sides.map(running)).toEqual([true, true, false, false]);
  });
});
