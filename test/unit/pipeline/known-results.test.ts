import { expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/model/options.js';
import type { ResultStore, SeenPatch } from '../../../src/model/result-store.js';
import { Reuse } from '../../../src/pipeline/reuse.js';
import type { AuditContext } from '../../../src/pipeline/context/audit-context.js';
import type { Instance } from '../../../src/model/instance.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { aRecord } from '../../helpers/builders.js';

class MemoryStore implements ResultStore {
  readonly patches = new Map<string, SeenPatch>();
  readonly records = new Map<string, PairRecord>();
  seen = (key: string) => Promise.resolve(this.patches.get(key) ?? null);
  keepSeen = (key: string, seen: SeenPatch) => Promise.resolve(void this.patches.set(key, seen));
  result = (key: string) => Promise.resolve(this.records.get(key) ?? null);
  keepResult = (key: string, record: PairRecord) => Promise.resolve(void this.records.set(key, record));
}

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

const worldOf = (results: ResultStore | null, changes: Partial<AuditContext> = {}) =>
  ({
    results,
    options: DEFAULT_OPTIONS,
    probe: 'probe',
    program: 'program',
    contentOf: () => Promise.resolve('content'),
    ...changes,
  }) as AuditContext;

async function found(row: Instance, world: AuditContext): Promise<boolean> {
  const reuse = await Reuse.of(row, world);
  return reuse !== null && (await reuse.seen(factsOf('a', 'patch'))) !== null;
}

it('finds what was kept for the same content, wherever its row was read', async () => {
  const store = new MemoryStore();
  await (await Reuse.of(instance, worldOf(store)))!.keep(factsOf('a', 'patch'), record);
  expect(await found({ ...instance, source: { file: 'copy.jsonl' } }, worldOf(store))).toBe(true);
  expect(await found(instance, worldOf(null))).toBe(false);
  const others: Partial<AuditContext>[] = [
    { options: { ...DEFAULT_OPTIONS, seed: 1 } },
    { probe: 'other' },
    { program: 'other' },
    { contentOf: () => Promise.resolve('other') },
    { contentOf: () => Promise.resolve(null) },
  ];
  for (const other of others) expect(await found(instance, worldOf(store, other))).toBe(false);
  expect(await found({ ...instance, goldPatch: 'other' }, worldOf(store))).toBe(false);
});

it('makes a kept record one of the pair that asks', async () => {
  const reuse = (await Reuse.of(instance, worldOf(new MemoryStore())))!;
  await reuse.keep(factsOf('a', 'patch'), record);
  const own = await reuse.result(factsOf('b', 'setup.cfg'), { effect: 'ce', strategy: 'patch-fuzz' });
  expect(own).toMatchObject({ model: 'b', verdict: record.verdict, applied: { candidate: 'patch-fuzz' } });
  expect(own!.hashes).toMatchObject({ candidateEffect: 'ce', goldPatch: 'g' });
  expect(own!.hashes.candidatePatch).not.toBe('c');
});

it.each<[string, Partial<PairRecord>]>([
  ['of a failure', { verdict: { outcome: 'infra-error', detail: '' } }],
  [
    'of what could not be judged',
    { verdict: { outcome: 'unverifiable', reason: 'candidate-timeout', detail: '' } },
  ],
  ['that time cut short', { budgetCut: true }],
])('keeps no record %s', async (_what, changes) => {
  const store = new MemoryStore();
  await (await Reuse.of(instance, worldOf(store)))!.keep(factsOf('a', 'patch'), { ...record, ...changes });
  expect([store.patches.size, store.records.size]).toEqual([0, 0]);
});
