import { createHash } from 'node:crypto';
import { withScore } from '../../metrics/score.js';
import type { Prediction } from '../../model/instance.js';
import type { ApplyStrategy } from '../../model/side.js';
import { NO_STEERING, type PairRecord } from '../../model/verdict.js';
import { bytesOfText } from '../../platform/byte-text.js';
import { hygieneFlags } from '../../trees/patch/hygiene.js';

/** The facts of a pair that are known before anything is run. */
export interface PairFacts {
  readonly prediction: Prediction;
  readonly goldPatch: string;
  readonly environment: PairRecord['environment'];
  readonly seed: number;
}

/** How the patches were applied, and the hash of what each did to the tree. */
export interface AppliedPatches {
  readonly gold: AppliedPatch;
  readonly candidate: AppliedPatch;
}

export interface AppliedPatch {
  readonly strategy: ApplyStrategy;
  readonly effect: string;
}

/** The parts of a record that the stages find out. */
type FoundOut =
  | 'plausible'
  | 'benchmarkFailures'
  | 'leftOut'
  | 'unmatched'
  | 'passOnBase'
  | 'forgedTests'
  | 'testSteering'
  | 'developerFailures'
  | 'developerTests'
  | 'divergences'
  | 'inputs'
  | 'differs'
  | 'generated'
  | 'targets'
  | 'budgetCut'
  | 'seeds'
  | 'seconds';

/** A verdict, and what the stages that ran have found; the rest is as for a pair of which nothing was run. */
export type Findings = Pick<PairRecord, 'verdict'> & Partial<Pick<PairRecord, FoundOut>>;

const NOTHING_RAN: Pick<PairRecord, Exclude<FoundOut, 'seeds'> | 'score'> = {
  plausible: null,
  benchmarkFailures: [],
  leftOut: [],
  unmatched: [],
  passOnBase: [],
  forgedTests: null,
  testSteering: NO_STEERING,
  developerFailures: [],
  developerTests: null,
  divergences: [],
  score: null,
  inputs: { tried: 0, same: 0, different: 0, flaky: 0, unknown: 0, setupFailed: 0 },
  differs: null,
  generated: {},
  targets: [],
  budgetCut: false,
  seconds: { total: 0, tests: 0, observe: 0, confirm: 0, instance: 0, bare: 0, firstDifference: {} },
};

/** The record of a pair. `applied` is absent where the candidate's tree was not made. */
export function pairRecord(facts: PairFacts, findings: Findings, applied?: AppliedPatches): PairRecord {
  const { prediction, goldPatch, environment, seed } = facts;
  return withScore({
    ...NOTHING_RAN,
    ...findings,
    instanceId: prediction.instanceId,
    model: prediction.model,
    applied: { gold: applied?.gold.strategy ?? 'none', candidate: applied?.candidate.strategy ?? null },
    hygiene: hygieneFlags(prediction.patch ?? ''),
    hashes: {
      goldPatch: sha256(goldPatch),
      candidatePatch: sha256(prediction.patch ?? ''),
      goldEffect: applied?.gold.effect ?? '',
      candidateEffect: applied?.candidate.effect ?? null,
    },
    environment,
    seed,
    reusedFrom: null,
  });
}

/**
 * The record of a pair whose patch does to the tree what that of another record did.
 * @param strategy how this patch was applied
 */
export function sameEffect(known: PairRecord, facts: PairFacts, strategy: ApplyStrategy): PairRecord {
  const { model, hygiene, hashes } = pairRecord(facts, known);
  return {
    ...known,
    model,
    hygiene,
    hashes: { ...known.hashes, candidatePatch: hashes.candidatePatch },
    applied: { ...known.applied, candidate: strategy },
  };
}

/** The same for a pair of this run, which names the one that it repeats and costs nothing of its own. */
export function repeated(known: PairRecord, facts: PairFacts, strategy: ApplyStrategy): PairRecord {
  const { instanceId, model } = known;
  return {
    ...sameEffect(known, facts, strategy),
    seconds: NOTHING_RAN.seconds,
    reusedFrom: { instanceId, model },
  };
}

/** Hexadecimal SHA-256 of the bytes that a text stands for. */
export const sha256 = (text: string): string => createHash('sha256').update(bytesOfText(text)).digest('hex');
