import { createHash } from 'node:crypto';
import type { Prediction } from '../../model/instance.js';
import type { PairRecord, Verdict } from '../../model/verdict.js';
import { hygieneFlags } from '../../trees/patch/hygiene.js';

const NO_INPUTS = { tried: 0, same: 0, different: 0, flaky: 0, unknown: 0, setupFailed: 0 } as const;

/** The facts of a pair that are known before anything is run. */
export interface PairFacts {
  readonly prediction: Prediction;
  readonly goldPatch: string;
  readonly environment: PairRecord['environment'];
  readonly seed: number;
}

/** A record that says nothing but its verdict; every stage that ran adds what it found. */
export function emptyRecord(
  { prediction, goldPatch, environment, seed }: PairFacts,
  verdict: Verdict,
): PairRecord {
  return {
    instanceId: prediction.instanceId,
    model: prediction.model,
    verdict,
    plausible: null,
    benchmarkFailures: [],
    leftOut: [],
    passOnBase: [],
    developerFailures: [],
    developerTests: null,
    divergences: [],
    inputs: NO_INPUTS,
    generated: {},
    targets: [],
    applied: { gold: 'none', candidate: null },
    hygiene: hygieneFlags(prediction.patch ?? ''),
    hashes: {
      goldPatch: sha256(goldPatch),
      candidatePatch: sha256(prediction.patch ?? ''),
      goldEffect: '',
      candidateEffect: null,
    },
    environment,
    seed,
    budgetCut: false,
    seconds: { total: 0, tests: 0, observe: 0, confirm: 0, instance: 0, bare: 0, firstDifference: {} },
    reusedFrom: null,
  };
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
