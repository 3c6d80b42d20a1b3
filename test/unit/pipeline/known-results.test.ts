import { expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/model/options.js';
import type { ResultStore } from '../../../src/model/result-store.js';
import { KnownResults } from '../../../src/pipeline/known-results.js';
import type { AuditContext } from '../../../src/pipeline/context/audit-context.js';
import type { Instance } from '../../../src/model/instance.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { MemoryResults } from '../../helpers/audit-fixtures.js';
import { aRecord } from '../../helpers/builders.js';

const instance: Instance = {
  instanceId: 'demo-1',
  repo: 'owner/name',
  baseCommit: 'main',
  goldPatch: 'gold',
  testPatch: '',
  problemStatement: '',
  failToPass: [],
  passToPass: [],
  environment: {},
  source: { file: 'rows.jsonl', line: 1 },
};
const environment = aRecord().environment;
const factsOf = (model: string, patch: string) => ({
  prediction: { instanceId: 'demo-1', model, patch, source: { file: 'p.jsonl' } },
  goldPatch: 'gold',
  environment,
  seed: 0,
});
const record = aRecord({
  instanceId: 'demo-1',
  model: 'a',
  applied: { gold: 'git-apply', candidate: 'git-apply' },
  hashes: { goldPatch: 'g', candidatePatch: 'c', goldEffect: 'ge', candidateEffect: 'ce' },
});

const contextOf = (results: ResultStore | null, changes: Partial<AuditContext> = {}) =>
  ({
    results,
    options: DEFAULT_OPTIONS,
    probe: 'probe',
    program: 'program',
    contentOf: () => Promise.resolve('content'),
    ...changes,
  }) as AuditContext;

const knownTo = (row: Instance, context: AuditContext, judged: readonly PairRecord[] = []) =>
  KnownResults.of(row, judged, context);

async function found(row: Instance, context: AuditContext): Promise<boolean> {
  return (await (await knownTo(row, context)).ofPatch(factsOf('a', 'patch'))) !== null;
}

it('finds what another run kept for the same content, wherever its row was read', async () => {
  const store = new MemoryResults();
  await (await knownTo(instance, contextOf(store))).keep(factsOf('a', 'patch'), record);
  expect(await found({ ...instance, source: { file: 'copy.jsonl' } }, contextOf(store))).toBe(true);
  expect(await found(instance, contextOf(null))).toBe(false);
  const others: Partial<AuditContext>[] = [
    { options: { ...DEFAULT_OPTIONS, seed: 1 } },
    { probe: 'other' },
    { program: 'other' },
    { contentOf: () => Promise.resolve('other') },
    { contentOf: () => Promise.resolve(null) },
  ];
  for (const other of others) expect(await found(instance, contextOf(store, other))).toBe(false);
  expect(await found({ ...instance, goldPatch: 'other' }, contextOf(store))).toBe(false);
});

it('makes a record that another run kept one of the pair that asks', async () => {
  const store = new MemoryResults();
  await (await knownTo(instance, contextOf(store))).keep(factsOf('a', 'patch'), record);
  const known = await knownTo(instance, contextOf(store));
  const result = await known.ofEffect(factsOf('b', 'setup.cfg'), { effect: 'ce', strategy: 'patch-fuzz' });
  expect(result).toMatchObject({
    reused: true,
    record: { model: 'b', verdict: record.verdict, reusedFrom: null },
  });
  expect(result!.record.applied.candidate).toBe('patch-fuzz');
  expect(result!.record.hashes).toMatchObject({ candidateEffect: 'ce', goldPatch: 'g' });
  expect(result!.record.hashes.candidatePatch).not.toBe('c');
});

it('names the pair of this run that another repeats, which costs nothing of its own', async () => {
  const known = await knownTo(instance, contextOf(null), [record]);
  const result = await known.ofEffect(factsOf('b', 'other'), { effect: 'ce', strategy: 'git-apply' });
  expect(result).toMatchObject({
    reused: false,
    record: { model: 'b', reusedFrom: { instanceId: 'demo-1', model: 'a' }, seconds: { total: 0 } },
  });
  expect(await known.ofEffect(factsOf('b', 'other'), { effect: 'new', strategy: 'git-apply' })).toBeNull();
});

it.each<[string, Partial<PairRecord>]>([
  ['of a failure', { verdict: { outcome: 'infra-error', detail: '' } }],
  [
    'of what could not be judged',
    { verdict: { outcome: 'unverifiable', reason: 'candidate-timeout', detail: '' } },
  ],
  ['that time cut short', { budgetCut: true }],
])('keeps no record %s', async (_what, changes) => {
  const store = new MemoryResults();
  await (await knownTo(instance, contextOf(store))).keep(factsOf('a', 'patch'), { ...record, ...changes });
  expect([store.patches.size, store.records.size]).toEqual([0, 0]);
});
