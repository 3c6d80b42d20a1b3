import pLimit from 'p-limit';
import { InfraError, UserError } from '../model/errors.js';
import type { Instance, Prediction } from '../model/instance.js';
import type { SideTree } from '../model/side.js';
import type { PairRecord, Verdict, VerdictOutcome } from '../model/verdict.js';
import type { PreparedSide } from '../repository/trees.js';
import { requireRoom } from '../store/disk-error.js';
import { openInstance, type InstanceAudit, type InstanceRequest } from './instance-audit.js';
import { auditCandidate, earlyRecord, isIdentical, prepareCandidate } from './pair-audit.js';
import { emptyRecord, type PairFacts } from './record.js';
import { Unjudgeable } from './unjudgeable.js';
import type { World } from './world.js';

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
  const record = async (one: PairRecord) => {
    judged ||= JUDGED.has(one.verdict.outcome);
    await onRecord(one);
    world.listen({ type: 'judged', record: one });
  };
  const factsOf = await factsFor(instance, world);
  const worthRunning: Prediction[] = [];
  for (const prediction of request.predictions) {
    if (prediction.patch?.trim()) worthRunning.push(prediction);
    else await record(emptyRecord(factsOf(prediction), { outcome: 'empty' }));
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
    await auditPredictions(opened, { ...request, predictions: worthRunning }, factsOf, world, record);
  } finally {
    await opened.dispose();
    await world.release?.(instance, judged);
  }
}

/** The outcomes of pairs that were run. */
const JUDGED: ReadonlySet<VerdictOutcome> = new Set(['consistent', 'divergent', 'not-reached']);

async function auditPredictions(
  opened: InstanceAudit,
  { predictions, judged }: InstanceRequest,
  factsOf: (prediction: Prediction) => PairFacts,
  world: World,
  record: (one: PairRecord) => Promise<void>,
): Promise<void> {
  const byEffect = recordsByEffect(judged);
  for (const [index, prediction] of predictions.entries()) {
    world.signal.throwIfAborted();
    const facts = factsOf(prediction);
    const audited = auditPrediction(opened, facts, `candidate-${index}`, byEffect, world);
    await record(await audited.catch((error: unknown) => failureRecord(facts, error, world)));
  }
}

/** @param byEffect the records of this instance so far, by what their patches did to the tree */
async function auditPrediction(
  opened: InstanceAudit,
  facts: PairFacts,
  name: string,
  byEffect: Map<string, PairRecord>,
  world: World,
): Promise<PairRecord> {
  const prepared = await prepareCandidate(opened, facts.prediction, name);
  if (prepared.kind !== 'ready') return emptyRecord(facts, unappliedVerdict(prepared));
  const { effectHash } = prepared.tree;
  const applied = { gold: opened.prepared.goldRung, candidate: prepared.rung };
  const hashes = { goldEffect: opened.prepared.gold.effectHash, candidateEffect: effectHash };
  const known = byEffect.get(effectHash);
  const judged = known ? repeated(known, facts) : await auditTree(opened, facts, prepared.tree, world);
  await requireRoom(world.workDirectory);
  const whole = { ...judged, applied, hashes: { ...judged.hashes, ...hashes } };
  byEffect.set(effectHash, known ?? whole);
  return whole;
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
function repeated(known: PairRecord, facts: PairFacts): PairRecord {
  const own = emptyRecord(facts, known.verdict);
  return {
    ...known,
    model: own.model,
    hygiene: own.hygiene,
    hashes: own.hashes,
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
