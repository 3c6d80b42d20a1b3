import type { Rate } from '../model/rate.js';
import type { ExpectedCount, ResolvedRates, SubmissionMetrics } from '../model/run-metrics.js';

/** `66.7%`, or `-` where there is nothing to divide by. */
export function percent(share: number | null): string {
  return share === null ? '-' : `${(share * 100).toFixed(1)}%`;
}

/** `8 of 12 (66.7%, 95% interval 39.1% to 86.2%)`. */
export function rateText({ count, of, rate, interval }: Rate): string {
  const share = interval
    ? ` (${percent(rate)}, 95% interval ${percent(interval.low)} to ${percent(interval.high)})`
    : '';
  return `${count} of ${of}${share}`;
}

/** `24.3`: an expected number of patches, ties rounded up. */
export const expectedNumber = (expected: number): string => (Math.round(expected * 10) / 10).toFixed(1);

/** `24.3 of 117 (95% interval 18 to 31)`. */
export function expectedText({ of, expected, interval }: ExpectedCount): string {
  return `${expectedNumber(expected)} of ${of}${interval ? ` (95% interval ${interval.low} to ${interval.high})` : ''}`;
}

/** What a score says, for a reader of one pair. */
export const scoreSentence = (score: number): string =>
  `score ${score.toFixed(2)}: how likely the candidate is incorrect, from 0 to 1`;

/** `+12.5 points`: how much the reported rate is above what is left. */
export function pointsText(points: number | null): string {
  return points === null ? '-' : `${points.toFixed(1)} points`;
}

/** `43 s`, `2 min 5 s`, `1 h 12 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** What is left when also the pairs go whose differences may not matter. */
export const WEAK_STEP = 'without those weak only, too';

/** The steps from the reported rate to what strong evidence leaves, in order, each with what it is called. */
export function resolvedSteps(resolved: ResolvedRates): readonly (readonly [label: string, rate: Rate])[] {
  return [
    [
      resolved.source === 'measured' ? 'pass the tests when run here' : 'reported resolved',
      resolved.reported,
    ],
    ['without those failing their own tests', resolved.afterOwnTests],
    ['without those failing developer tests', resolved.afterDeveloperTests],
    ['without those with strong evidence', resolved.afterStrongEvidence],
  ];
}

/** Who counted a prediction as resolved: files of results, and where there is none the tests as they ran here. */
export const counters = ({ source }: ResolvedRates): string =>
  source.replace(/(?<=^|, )measured(?=$|, )/, 'the tests run here');

/** `3 consistent + 1 divergent + 0 unverifiable + ... = 4 submitted`. */
export function sumText({ outcomes, pending, submitted }: SubmissionMetrics): string {
  const parts = Object.entries(outcomes).map(([outcome, ids]) => `${ids.length} ${outcome}`);
  const rest = pending.length > 0 ? [`${pending.length} not run yet`] : [];
  return `${[...parts, ...rest].join(' + ')} = ${submitted} submitted`;
}
