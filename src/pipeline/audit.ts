import pLimit from 'p-limit';
import { InfraError, UserError } from '../model/errors.js';
import type { Instance, Prediction } from '../model/instance.js';
import type { ApplyStrategy, SideTree } from '../model/side.js';
import type { PairRecord, Verdict, VerdictOutcome } from '../model/verdict.js';
import type { PreparedSide } from '../trees/side-tree.js';
import { requireRoom } from '../platform/disk-error.js';
import type { InstanceRequest } from '../model/instance-request.js';
import { openInstance, type InstanceAudit } from './instance.js';
import { auditCandidate, earlyRecord, isIdentical, prepareCandidate } from './pair.js';
import { emptyRecord, type PairFacts } from './judge/record.js';
import type { SeenPatch } from '../model/result-store.js';
import { Reuse } from './reuse.js';
import { Unjudgeable } from '../model/unjudgeable.js';
import type { World } from './context/audit-context.js';

/**
 * Audits every prediction of every instance, `workers` instances at a time, and hands each record to
 * `onRecord` as soon as it exists. A failure of one pair is that pair's record; what ends the audit is an
 * abort, a bug, a full disk, or a record that cannot be kept. All work has ended when this returns or throws.
 */
export async function audit(
  requests: readonly InstanceRequest[],
  world: World,
  workers: number,
  onRecord: (record: PairRecord) => Promise<void>,
): Promise<void> {
  const pairs = requests.reduce((sum, { predictions }) => sum + predictions.length, 0);
  world.listen({ type: 'planned', pairs, instances: requests.length });
  for (const { instance } of requests) world.expect?.(instance);
  const limit = pLimit(workers);
  const failure = new AbortController();
  const signal = AbortSignal.any([world.signal, failure.signal]);
  const one = async (request: InstanceRequest) => {
    signal.throwIfAborted();
    try {
      await auditInstance(request, { ...world, signal }, onRecord);
    } catch (error) {
      failure.abort(error);
      await world.engine.dispose();
    }
  };
  await Promise.allSettled(requests.map((request) => limit(one, request)));
  signal.throwIfAborted();
}

async function auditInstance(
  request: InstanceRequest,
  world: World,
  onRecord: (record: PairRecord) => Promise<void>,
): Promise<void> {
  const { instance } = request;
  let judged = false;
  const record = async (one: PairRecord, reused = false) => {
    judged ||= JUDGED.has(one.verdict.outcome);
    await onRecord(one);
    world.listen({ type: 'judged', record: one, reused });
  };
  const factsOf = await factsFor(instance, world);
  const byEffect = recordsByEffect(request.judged);
  const candidates: Prediction[] = [];
  for (const prediction of request.predictions) {
    if (prediction.patch?.trim()) candidates.push(prediction);
    else await record(emptyRecord(factsOf(prediction), { outcome: 'empty' }));
  }
  const reuse = candidates.length > 0 ? await Reuse.of(instance, world) : null;
  const worthRunning: Prediction[] = [];
  for (const prediction of candidates) {
    const facts = factsOf(prediction);
    const seen = (await reuse?.seen(facts)) ?? null;
    const known = seen && reuse && (await recordOfEffect(seen, facts, byEffect, reuse));
    if (known) await record(known, true);
    else worthRunning.push(prediction);
  }
  if (worthRunning.length === 0) return world.release?.(instance, judged);
  world.signal.throwIfAborted();
  await requireRoom(world.workDirectory);
  let opened: InstanceAudit;
  try {
    opened = await openInstance(request, world);
  } catch (error) {
    for (const prediction of worthRunning)
      await record(await failureRecord(factsOf(prediction), error, world));
    await world.release?.(instance, judged);
    return;
  }
  try {
    for (const [index, prediction] of worthRunning.entries()) {
      world.signal.throwIfAborted();
      const facts = factsOf(prediction);
      const audited = auditPrediction(opened, facts, `candidate-${index}`, { byEffect, reuse }, world);
      const judged = audited.catch(async (error: unknown) => ({
        record: await failureRecord(facts, error, world),
        reused: false,
      }));
      const { record: one, reused } = await judged;
      await record(one, reused);
    }
  } finally {
    await opened.dispose();
    await world.release?.(instance, judged);
  }
}

/** The outcomes of pairs that were run. */
const JUDGED: ReadonlySet<VerdictOutcome> = new Set(['consistent', 'divergent', 'not-reached']);

/** Results that are there already. */
interface Known {
  /** The records of this instance so far, by what their patches did to the tree. */
  readonly byEffect: Map<string, PairRecord>;
  readonly reuse: Reuse | null;
}

async function auditPrediction(
  opened: InstanceAudit,
  facts: PairFacts,
  name: string,
  { byEffect, reuse }: Known,
  world: World,
): Promise<{ readonly record: PairRecord; readonly reused: boolean }> {
  const prepared = await prepareCandidate(opened, facts.prediction, name);
  if (prepared.kind !== 'ready')
    return { record: emptyRecord(facts, unappliedVerdict(prepared)), reused: false };
  const { effectHash: effect } = prepared.tree;
  const first = byEffect.get(effect);
  const known = await recordOfEffect({ effect, strategy: prepared.strategy }, facts, byEffect, reuse);
  const judged = known ?? (await auditTree(opened, facts, prepared.tree, world));
  await requireRoom(world.workDirectory);
  const applied = { gold: opened.prepared.goldStrategy, candidate: prepared.strategy };
  const hashes = { goldEffect: opened.prepared.gold.effectHash, candidateEffect: effect };
  const record = { ...judged, applied, hashes: { ...judged.hashes, ...hashes } };
  byEffect.set(effect, first ?? record);
  await reuse?.keep(facts, record);
  return { record, reused: known !== null && first === undefined };
}

/** The record of a patch that does what an earlier one did, in this run or in another; null when there is none. */
async function recordOfEffect(
  { effect, strategy }: SeenPatch,
  facts: PairFacts,
  byEffect: Map<string, PairRecord>,
  reuse: Reuse | null,
): Promise<PairRecord | null> {
  const first = byEffect.get(effect);
  if (first) return repeated(first, facts, strategy);
  const known = (await reuse?.result(facts, { effect, strategy })) ?? null;
  if (known) byEffect.set(effect, known);
  return known;
}

async function auditTree(
  opened: InstanceAudit,
  facts: PairFacts,
  tree: SideTree,
  world: World,
): Promise<PairRecord> {
  if (await isIdentical(opened, tree)) {
    const required = opened.prepared.instance.failToPass.length > 0;
    return {
      ...emptyRecord(facts, { outcome: 'consistent', identical: true }),
      plausible: required ? true : null,
    };
  }
  return auditCandidate(opened, facts, tree, world);
}

/** What records say that were computed for a patch of their own, by what it did to the tree. */
function recordsByEffect(records: readonly PairRecord[]): Map<string, PairRecord> {
  const own = records.filter(({ reusedFrom, verdict }) => !reusedFrom && verdict.outcome !== 'infra-error');
  return new Map(
    own.flatMap((record) =>
      record.hashes.candidateEffect === null ? [] : [[record.hashes.candidateEffect, record] as const],
    ),
  );
}

/** The record of a patch that does to the tree what an earlier one did. */
function repeated(known: PairRecord, facts: PairFacts, strategy: ApplyStrategy): PairRecord {
  const own = emptyRecord(facts, known.verdict);
  return {
    ...known,
    model: own.model,
    hygiene: own.hygiene,
    hashes: { ...known.hashes, candidatePatch: own.hashes.candidatePatch },
    applied: { ...known.applied, candidate: strategy },
    seconds: own.seconds,
    reusedFrom: { instanceId: known.instanceId, model: known.model },
  };
}

function unappliedVerdict(failure: Exclude<PreparedSide, { kind: 'ready' }>): Verdict {
  return failure.kind === 'patch-not-applied'
    ? { outcome: 'not-applied', detail: failure.reason }
    : { outcome: 'unverifiable', reason: 'test-patch-not-applied', detail: failure.reason };
}

/** What a failure says of a pair. An abort and a bug say nothing and go on up. */
async function failureRecord(facts: PairFacts, failure: unknown, world: World): Promise<PairRecord> {
  world.signal.throwIfAborted();
  const error = await requireRoom(world.workDirectory).then(
    () => failure,
    (full: unknown) => full,
  );
  if (error instanceof Unjudgeable) return earlyRecord(facts, error);
  if (error instanceof InfraError || error instanceof UserError) {
    return emptyRecord(facts, { outcome: 'infra-error', detail: `${error.code}: ${error.message}` });
  }
  throw error;
}

async function factsFor(instance: Instance, world: World): Promise<(prediction: Prediction) => PairFacts> {
  const { engine, options } = world;
  const environment = await world.identify(instance);
  return (prediction) => ({
    prediction,
    goldPatch: instance.goldPatch,
    environment: { engine: engine.name, ...environment },
    seed: options.seed,
  });
}
