import { InfraError, UserError } from '../model/errors.js';
import type { Instance, Prediction } from '../model/instance.js';
import type { InstanceRequest } from '../model/instance-request.js';
import { Unjudgeable } from '../model/unjudgeable.js';
import type { PairRecord, VerdictOutcome } from '../model/verdict.js';
import { requireFolder, requireRoom } from '../platform/disk-error.js';
import type { AuditContext } from './context/audit-context.js';
import { openInstance, type OpenInstance } from './instance.js';
import { pairRecord, type AppliedPatches, type Findings, type PairFacts } from './judge/record.js';
import { KnownResults, type KnownResult } from './known-results.js';
import { auditPair } from './pair.js';
import { auditSameCode } from './same-code.js';
import { candidateTrees } from './prepare/candidate-trees.js';
import { isIdentical } from './prepare/is-identical.js';
import { prepareCandidate, unappliedVerdict } from './prepare/prepare-candidate.js';

/** The outcomes of pairs that were run. */
const JUDGED: ReadonlySet<VerdictOutcome> = new Set(['consistent', 'divergent', 'not-reached']);

/** Audits the predictions of one instance one after the other; what is known already is not run again. */
export async function auditInstance(
  request: InstanceRequest,
  context: AuditContext,
  onRecord: (record: PairRecord) => Promise<void>,
): Promise<void> {
  const { instance } = request;
  let judged = false;
  const report = async ({ record, reused }: KnownResult) => {
    judged ||= JUDGED.has(record.verdict.outcome);
    await onRecord(record);
    context.listen({ type: 'judged', record, reused });
  };
  const factsOf = await factsFor(instance, context);
  const isEmpty = ({ patch }: Prediction) => !patch?.trim();
  for (const prediction of request.predictions.filter(isEmpty)) {
    await report({
      record: pairRecord(factsOf(prediction), { verdict: { outcome: 'empty' } }),
      reused: false,
    });
  }
  const patched = request.predictions.filter((prediction) => !isEmpty(prediction));
  if (patched.length === 0) return context.release?.(instance, judged);
  const known = await KnownResults.of(instance, request.judged, context);
  const unknown: Prediction[] = [];
  for (const prediction of patched) {
    const result = await known.ofPatch(factsOf(prediction));
    if (result) await report(result);
    else unknown.push(prediction);
  }
  if (unknown.length === 0) return context.release?.(instance, judged);
  context.signal.throwIfAborted();
  await requireRoom(context.workDirectory);
  let opened: OpenInstance;
  try {
    opened = await openInstance(request, context);
  } catch (error) {
    for (const prediction of unknown) await report(await failure(factsOf(prediction), error, context));
    await context.release?.(instance, judged);
    return;
  }
  try {
    for (const [index, prediction] of unknown.entries()) {
      context.signal.throwIfAborted();
      const facts = factsOf(prediction);
      const audited = auditPrediction(opened, facts, `candidate-${index}`, known, context);
      await report(await audited.catch((error: unknown) => failure(facts, error, context)));
    }
  } finally {
    await opened.dispose();
    await context.release?.(instance, judged);
  }
}

/** @param name of the folder for the candidate's tree */
async function auditPrediction(
  opened: OpenInstance,
  facts: PairFacts,
  name: string,
  known: KnownResults,
  context: AuditContext,
): Promise<KnownResult> {
  const prepared = await prepareCandidate(opened.prepared, facts.prediction, name);
  if (prepared.kind !== 'ready')
    return { record: pairRecord(facts, { verdict: unappliedVerdict(prepared) }), reused: false };
  const { tree, strategy } = prepared;
  const { gold, goldStrategy } = opened.prepared;
  const applied: AppliedPatches = {
    gold: { strategy: goldStrategy, effect: gold.effectHash },
    candidate: { strategy, effect: tree.effectHash },
  };
  const result = (await known.ofEffect(facts, { effect: tree.effectHash, strategy })) ?? {
    record: pairRecord(facts, await findingsOf(), applied),
    reused: false,
  };
  await requireRoom(context.workDirectory);
  await context.engine.requireUnchanged?.(opened.prepared.environment);
  await known.keep(facts, result.record);
  return result;

  async function findingsOf(): Promise<Findings> {
    if (gold.effectHash === tree.effectHash) {
      const required = opened.prepared.instance.failToPass.length > 0;
      return { verdict: { outcome: 'consistent', identical: true }, plausible: required ? true : null };
    }
    const same = (await isIdentical(gold, tree))
      ? await auditSameCode(opened, facts.prediction, tree, context)
      : null;
    if (same) return same;
    const trees = await candidateTrees(opened.prepared, facts.prediction, tree, name);
    return auditPair(opened, facts.prediction, trees, context);
  }
}

/** What a failure says of a pair: a bug, too, is that pair's alone. An abort, and the end of the scratch folder, go on up. */
async function failure(facts: PairFacts, thrown: unknown, context: AuditContext): Promise<KnownResult> {
  context.signal.throwIfAborted();
  requireFolder(context.workDirectory);
  const error = await requireRoom(context.workDirectory).then(
    () => thrown,
    (full: unknown) => full,
  );
  if (error instanceof Unjudgeable) {
    const { reason, detail } = error;
    return {
      record: pairRecord(facts, { verdict: { outcome: 'unverifiable', reason, detail } }),
      reused: false,
    };
  }
  if (error instanceof InfraError || error instanceof UserError) {
    const detail = `${error.code}: ${error.message}`;
    return { record: pairRecord(facts, { verdict: { outcome: 'infra-error', detail } }), reused: false };
  }
  return {
    record: pairRecord(facts, { verdict: { outcome: 'infra-error', detail: bugReport(error) } }),
    reused: false,
  };
}

/** A bug in a few words, with the place in patchdiff that it comes from. */
function bugReport(error: unknown): string {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const frames = stack.split('\n').flatMap((line) => /^\s+at (.*)$/.exec(line)?.[1] ?? []);
  const places = frames
    .filter((frame) => !/node:|node_modules/.test(frame))
    .map((frame) => frame.replace(/file:.*\/(?:dist|src)\//, ''));
  return `bug: ${message.slice(0, 500)} (at ${places.slice(0, 3).join(', ')}): please report it`;
}

async function factsFor(
  instance: Instance,
  context: AuditContext,
): Promise<(prediction: Prediction) => PairFacts> {
  const { engine, options } = context;
  const environment = await context.identify(instance);
  return (prediction) => ({
    prediction,
    goldPatch: instance.goldPatch,
    environment: { engine: engine.name, ...environment },
    seed: options.seed,
  });
}
