import { findTargets } from '../change/targets.js';
import { compareObservations } from '../compare/compare.js';
import type { Divergence } from '../model/divergence.js';
import type { Observation } from '../model/observation.js';
import type { ReplayBundle, ReplayResult } from '../model/replay.js';
import type { SideName } from '../model/side.js';
import { prepareInstance } from './prepare/prepare-instance.js';
import { importsOf } from './prepare/imports.js';
import { prepareCandidate } from './prepare/prepare-candidate.js';
import { secondsFromNow } from '../platform/budget.js';
import { HASH_SEEDS } from '../model/options.js';
import { SideProbes } from '../observe/side-probes.js';
import { CANDIDATE_SECONDS } from './confirm/slow.js';
import { Unjudgeable } from '../model/unjudgeable.js';
import type { AuditContext } from './context/audit-context.js';

const SECONDS = 60;

/**
 * Prepares the three sides again and runs one divergence's input, and its test, on them.
 * @throws Unjudgeable when a tree cannot be made any more
 */
export async function replayDivergence(
  { instance, prediction }: ReplayBundle,
  divergence: Divergence,
  context: AuditContext,
): Promise<ReplayResult> {
  const prepared = await prepareInstance(instance, context);
  try {
    const candidate = await prepareCandidate(prepared, prediction, 'candidate');
    if (candidate.kind !== 'ready') throw new Unjudgeable('environment-broken', candidate.reason);
    const targets = await findTargets(prepared.base, prepared.gold, candidate.tree);
    const setup = {
      ...(await importsOf(prepared, targets, [])),
      secondsPerInput: context.options.secondsPerInput,
    };
    const endless = divergence.aspect === 'time';
    const trees = { base: prepared.base, gold: prepared.gold, candidate: candidate.tree };
    const answer = async (name: SideName) => {
      const probes = new SideProbes(await prepared.open(trees[name]), setup, targets);
      const { input, test } = divergence;
      const seconds = endless ? CANDIDATE_SECONDS : setup.secondsPerInput;
      const answers = await probes.observeAlone([input], HASH_SEEDS[0], secondsFromNow(SECONDS), seconds);
      const observation = answers.get(input.id);
      if (!observation)
        throw new Unjudgeable('environment-broken', `${name} did not answer within ${SECONDS} s`);
      const status = test && (await probes.verify(test.source, SECONDS, input.host)).status;
      await probes.close();
      return { observation, status };
    };
    const [base, gold, other] = [await answer('base'), await answer('gold'), await answer('candidate')];
    const same = (left: Observation, right: Observation) => compareObservations(left, right).kind === 'same';
    return {
      reproduced:
        same(gold.observation, divergence.observations.gold) &&
        (endless
          ? other.observation.outcome.kind === 'timeout'
          : same(other.observation, divergence.observations.candidate)),
      observations: { base: base.observation, gold: gold.observation, candidate: other.observation },
      comparison: compareObservations(gold.observation, other.observation),
      ...(gold.status && other.status ? { test: { gold: gold.status, candidate: other.status } } : {}),
    };
  } finally {
    await prepared.dispose();
  }
}
