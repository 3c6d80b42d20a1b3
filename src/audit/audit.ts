import pLimit from 'p-limit';
import { InfraError, UserError } from '../model/errors.js';
import type { Instance, Prediction } from '../model/instance.js';
import type { SideTree } from '../model/side.js';
import type { PairRecord, Verdict } from '../model/verdict.js';
import type { PreparedSide } from '../repository/trees.js';
import { openInstance, type InstanceAudit, type InstanceRequest } from './instance-audit.js';
import { auditCandidate, earlyRecord, isIdentical, prepareCandidate } from './pair-audit.js';
import { emptyRecord, type PairFacts } from './record.js';
import { Unjudgeable } from './unjudgeable.js';
import type { World } from './world.js';

/**
 * Audits every prediction of every instance, `workers` instances at a time, and hands each record to
 * `onRecord` as soon as it exists. A failure of one pair is that pair's record; only an abort ends the audit.
 */
export async function audit(
  requests: readonly InstanceRequest[],
  world: World,
  workers: number,
  onRecord: (record: PairRecord) => Promise<void>,
): Promise<void> {
  const pairs = requests.reduce((sum, { predictions }) => sum + predictions.length, 0);
  world.listen({ type: 'planned', pairs, instances: requests.length });
  const limit = pLimit(workers);
  await Promise.all(requests.map((request) => limit(() => auditInstance(request, world, onRecord))));
}

async function auditInstance(
  request: InstanceRequest,
  world: World,
  onRecord: (record: PairRecord) => Promise<void>,
): Promise<void> {
  const { instance } = request;
  const record = async (one: PairRecord) => {
    await onRecord(one);
    world.listen({ type: 'judged', record: one });
  };
  const factsOf = await factsFor(instance, world);
  const worthRunning: Prediction[] = [];
  for (const prediction of request.predictions) {
    if (prediction.patch?.trim()) worthRunning.push(prediction);
    else await record(emptyRecord(factsOf(prediction), { outcome: 'empty' }));
  }
  if (worthRunning.length === 0) return;
  world.signal.throwIfAborted();
  let opened: InstanceAudit;
  try {
    opened = await openInstance(request, world);
  } catch (error) {
    for (const prediction of worthRunning) await record(failureRecord(factsOf(prediction), error, world));
    return;
  }
  try {
    await auditPredictions(opened, worthRunning, factsOf, world, record);
  } finally {
    await opened.dispose();
  }
}

async function auditPredictions(
  opened: InstanceAudit,
  predictions: readonly Prediction[],
  factsOf: (prediction: Prediction) => PairFacts,
  world: World,
  record: (one: PairRecord) => Promise<void>,
): Promise<void> {
  const byEffect = new Map<string, PairRecord>();
  for (const [index, prediction] of predictions.entries()) {
    world.signal.throwIfAborted();
    const facts = factsOf(prediction);
    try {
      const prepared = await prepareCandidate(opened, prediction, `candidate-${index}`);
      if (prepared.kind !== 'ready') {
        await record(emptyRecord(facts, unappliedVerdict(prepared)));
        continue;
      }
      const applied = { gold: opened.prepared.goldRung, candidate: prepared.rung };
      const hashes = {
        goldEffect: opened.prepared.gold.effectHash,
        candidateEffect: prepared.tree.effectHash,
      };
      const known = byEffect.get(prepared.tree.effectHash);
      const judged = known ? repeated(known, facts) : await auditTree(opened, facts, prepared.tree, world);
      const whole = { ...judged, applied, hashes: { ...judged.hashes, ...hashes } };
      byEffect.set(prepared.tree.effectHash, known ?? whole);
      await record(whole);
    } catch (error) {
      await record(failureRecord(facts, error, world));
    }
  }
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
function failureRecord(facts: PairFacts, error: unknown, world: World): PairRecord {
  world.signal.throwIfAborted();
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
