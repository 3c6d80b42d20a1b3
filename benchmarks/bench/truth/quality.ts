import type { Interval } from '../../../src/metrics/interval.js';
import { wilsonInterval } from '../../../src/metrics/wilson.js';
import { clusterInterval } from './intervals.js';
import type { TruthName } from './labels.js';

/** A patch with its score and the truth about it. */
export interface Scored {
  readonly instance: string;
  readonly label: TruthName;
  readonly score: number;
}

/** One step of a receiver operating characteristic: what is called incorrect from this score on. */
export interface RocPoint {
  readonly threshold: number;
  /** Share of the incorrect with at least this score. */
  readonly truePositives: number;
  /** Share of the fine with at least this score. */
  readonly falsePositives: number;
}

/** Patches whose scores lie in one range. */
export interface ReliabilityBin {
  /** The range, its upper end not in it but for 1. */
  readonly from: number;
  readonly to: number;
  readonly patches: number;
  readonly meanScore: number;
  readonly incorrect: number;
  readonly debatable: number;
  /** Wilson interval of the share of incorrect ones. */
  readonly interval: Interval | null;
}

/** How good scores are. */
export interface ScoreQuality {
  readonly patches: number;
  /** Area under the curve of incorrect against fine ones (debatable ones left out); null without both. */
  readonly auc: number | null;
  readonly aucInterval: Interval | null;
  /** Mean squared distance of score and truth, a debatable patch counting as half incorrect; 0 is best. */
  readonly brier: number | null;
  /** The same for a score that is the share of incorrect ones for every patch: what a score must beat. */
  readonly brierOfBaseRate: number | null;
  /** Sum of the scores, and how many are incorrect with half of the debatable. */
  readonly expected: number;
  readonly actual: number;
  readonly roc: readonly RocPoint[];
  readonly reliability: readonly ReliabilityBin[];
}

/** A debatable patch is as much evidence for one as for the other. */
export const TARGETS: Readonly<Record<TruthName, number>> = { incorrect: 1, debatable: 0.5, fine: 0 };

const BIN_ENDS = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1];

/** Measures scores against the truth; intervals take the patches of an instance together. */
export function scoreQuality(scored: readonly Scored[]): ScoreQuality {
  const targets = scored.map(({ label }) => TARGETS[label]);
  const mean = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  const baseRate = mean(targets) ?? 0;
  const instances = [...new Set(scored.map(({ instance }) => instance))];
  const clusters = instances.map((instance) => scored.filter((one) => one.instance === instance));
  return {
    patches: scored.length,
    auc: areaUnderCurve(scored),
    aucInterval: clusterInterval(clusters, (drawn) => areaUnderCurve(drawn.flat())),
    brier: mean(scored.map(({ score, label }) => (score - TARGETS[label]) ** 2)),
    brierOfBaseRate: mean(targets.map((target) => (target - baseRate) ** 2)),
    expected: scored.reduce((sum, { score }) => sum + score, 0),
    actual: targets.reduce((sum, target) => sum + target, 0),
    roc: rocOf(scored),
    reliability: reliabilityOf(scored),
  };
}

/** How often an incorrect patch has a higher score than a fine one, ties counting half; null without both kinds. */
export function areaUnderCurve(scored: readonly Scored[]): number | null {
  const [wrong, fine] = [scoresOf(scored, 'incorrect'), scoresOf(scored, 'fine')];
  if (wrong.length === 0 || fine.length === 0) return null;
  let wins = 0;
  for (const one of wrong) for (const other of fine) wins += one > other ? 1 : one === other ? 0.5 : 0;
  return wins / (wrong.length * fine.length);
}

function rocOf(scored: readonly Scored[]): RocPoint[] {
  const [wrong, fine] = [scoresOf(scored, 'incorrect'), scoresOf(scored, 'fine')];
  const share = (scores: readonly number[], threshold: number) =>
    scores.length === 0 ? 0 : scores.filter((score) => score >= threshold).length / scores.length;
  const thresholds = [...new Set(scored.map(({ score }) => score))].sort((a, b) => b - a);
  return thresholds.map((threshold) => ({
    threshold,
    truePositives: share(wrong, threshold),
    falsePositives: share(fine, threshold),
  }));
}

function reliabilityOf(scored: readonly Scored[]): ReliabilityBin[] {
  return BIN_ENDS.slice(1).flatMap((to, index) => {
    const from = BIN_ENDS[index] ?? 0;
    const own = scored.filter(({ score }) => score >= from && (score < to || to === 1));
    if (own.length === 0) return [];
    const incorrect = scoresOf(own, 'incorrect').length;
    return [
      {
        from,
        to,
        patches: own.length,
        meanScore: own.reduce((sum, { score }) => sum + score, 0) / own.length,
        incorrect,
        debatable: scoresOf(own, 'debatable').length,
        interval: wilsonInterval(incorrect, own.length),
      },
    ];
  });
}

const scoresOf = (scored: readonly Scored[], label: TruthName): number[] =>
  scored.filter((one) => one.label === label).map(({ score }) => score);
