import { findTargets } from '../change/targets.js';
import { compareObservations } from '../compare/compare.js';
import { comparePair } from '../compare/pair.js';
import type { Divergence } from '../model/divergence.js';
import type { Observation } from '../model/observation.js';
import type { ReplayBundle, ReplayResult } from '../model/replay.js';
import type { SideName } from '../model/side.js';
import { prepareInstance } from './prepare/prepare-instance.js';
import { importsOf } from './prepare/imports.js';
import { prepareCandidate } from './prepare/prepare-candidate.js';
import { secondsFromNow } from '../platform/budget.js';
import { EARLIER_SEEDS, type RunSeeds } from '../model/options.js';
import { SideProbes } from '../observe/side-probes.js';
import { wordsOf } from './confirm/counter-check.js';
import { isDeath } from './confirm/deaths.js';
import { CANDIDATE_SECONDS } from './confirm/slow.js';
import { Unjudgeable } from '../model/unjudgeable.js';
import type { AuditContext } from './context/audit-context.js';

const SECONDS = 60;

/**
 * Prepares the three sides again and runs one divergence's input, and its test, on them, under the seed of its record.
 * @throws Unjudgeable when a tree cannot be made any more
 */
export async function replayDivergence(
  { instance, prediction }: ReplayBundle,
  divergence: Divergence,
  context: AuditContext,
  seeds: RunSeeds = EARLIER_SEEDS,
): Promise<ReplayResult> {
  const prepared = await prepareInstance(instance, context);
  try {
    const candidate = await prepareCandidate(prepared, prediction, 'candidate');
    if (candidate.kind !== 'ready') throw new Unjudgeable('environment-broken', candidate.reason);
    const targets = await findTargets(prepared.base, prepared.gold, candidate.tree);
    const setup = {
      ...(await importsOf(prepared, targets, [])),
      secondsPerInput: context.options.secondsPerInput,
      seed: seeds[0],
    };
    const endless = divergence.aspect === 'time';
    const trees = { base: prepared.base, gold: prepared.gold, candidate: candidate.tree };
    const answer = async (name: SideName) => {
      const probes = new SideProbes(await prepared.open(trees[name]), setup, targets);
      const { input, test } = divergence;
      const seconds = endless ? CANDIDATE_SECONDS : setup.secondsPerInput;
      const answers = await probes.observeAlone([input], seeds[0], secondsFromNow(SECONDS), seconds);
      const observation = answers.get(input.id);
      if (!observation)
        throw new Unjudgeable('environment-broken', `${name} did not answer within ${SECONDS} s`);
      const status = test && (await probes.verify(test.source, SECONDS, input.host)).status;
      const plain = divergence.plain && (await probes.plainly([input], SECONDS)).get(input.id);
      await probes.close();
      return { observation, status, plain: plain && wordsOf(plain) };
    };
    const [base, gold, other] = [await answer('base'), await answer('gold'), await answer('candidate')];
    const same = (left: Observation, right: Observation) => compareObservations(left, right).kind === 'same';
    return {
      reproduced:
        same(gold.observation, divergence.observations.gold) &&
        isAsBefore(other.observation, divergence) &&
        (!divergence.plain ||
          (gold.plain === divergence.plain.gold && other.plain === divergence.plain.candidate)),
      observations: { base: base.observation, gold: gold.observation, candidate: other.observation },
      comparison: comparePair(gold.observation, other.observation),
      ...(gold.status && other.status ? { test: { gold: gold.status, candidate: other.status } } : {}),
    };
  } finally {
    await prepared.dispose();
  }
}

/** Whether the candidate did again what its divergence says. An arbitrary answer is another one each time, and never gold's. */
function isAsBefore(
  now: Observation,
  { aspect, arbitrary, observations: { gold, candidate } }: Divergence,
): boolean {
  if (aspect === 'time') return now.outcome.kind === 'timeout';
  if (isDeath(candidate)) return isDeath(now);
  const { kind } = compareObservations(now, candidate);
  if (kind === 'same') return true;
  return (arbitrary ?? kind === 'unknown') && comparePair(gold, now).kind === 'different';
}
