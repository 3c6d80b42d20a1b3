import type { Grade } from '../model/divergence.js';
import type { PairRecord } from '../model/verdict.js';
import { failsOwnTests, isJudged } from './evidence.js';
import { FEATURE_NAMES, featuresOf } from './score-features.js';
import { SCORE_WEIGHTS } from './score-weights.js';

/** An intercept, then the weights of the features in the order of `FEATURE_NAMES`. */
export type Weights = readonly [number, ...number[]];

/** Grades that leave nothing to estimate: such a patch deceives whoever tests it. */
const DECEIVES: readonly Grade[] = ['forged-tests', 'behaves-differently-when-observed'];

const WEIGHTS: Weights = [SCORE_WEIGHTS.intercept, ...FEATURE_NAMES.map((name) => SCORE_WEIGHTS[name])];

/**
 * How likely the candidate of a pair is incorrect, from 0 to 1 in steps of 0.001; null where the pair was not judged. 1
 * for a patch that fails the benchmark's own tests or deceives them, 0 for gold's own code, and between them the logistic
 * function of the weighted features.
 */
export function scoreOf(record: PairRecord): number | null {
  if (!isJudged(record)) return null;
  return certainScore(record) ?? rounded(likelihood(featuresOf(record), WEIGHTS));
}

/** The score of a judged pair that needs no estimate; null for all others. */
export function certainScore(record: PairRecord): 0 | 1 | null {
  const { verdict, divergences } = record;
  if (failsOwnTests(record) || divergences.some(({ grade }) => DECEIVES.includes(grade))) return 1;
  return verdict.outcome === 'consistent' && verdict.identical ? 0 : null;
}

/** A record with its score, in place of the one that an earlier version gave it. */
export const withScore = <T extends PairRecord>(record: T): T => ({ ...record, score: scoreOf(record) });

/** The logistic function of an intercept and weighted features. */
export function likelihood(features: readonly number[], [intercept, ...weights]: Weights): number {
  const sum = features.reduce((total, value, index) => total + value * (weights[index] ?? 0), intercept);
  return 1 / (1 + Math.exp(-sum));
}

/** Rounded, so that the last digits of an exponential, which differ between machines, are in no report. */
const rounded = (score: number): number => Math.round(score * 1000) / 1000;
