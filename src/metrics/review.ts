import type { Label, LabelName, Review } from '../model/label.js';
import type { Agreement, ReviewMetrics, SubmissionReview } from '../model/review-metrics.js';
import type { SubmissionMetrics } from '../model/run-metrics.js';
import type { PairRecord } from '../model/verdict.js';
import { cohenKappa } from './kappa.js';
import { consensus, currentLabels, DECISIONS, idOfPair, perLabel } from './labels.js';
import { pointsBetween, rateOf } from './rate.js';
import { sampleEstimate } from './sample.js';

/** Every figure that labels give; null where there is neither a label nor a sample. */
export function reviewMetrics(
  records: readonly PairRecord[],
  { labels, sample }: Review,
  submissions: readonly SubmissionMetrics[],
  overall: SubmissionMetrics,
): ReviewMetrics | null {
  if (labels.length === 0 && sample === null) return null;
  const { current, stale } = currentLabels(labels, records);
  const agreed = consensus(current);
  return {
    reviewers: [...new Set(current.map(({ reviewer }) => reviewer))].sort().map((name) => ({
      name,
      labels: current.filter(({ reviewer }) => reviewer === name).length,
    })),
    stale,
    submissions: submissions.map((one) =>
      submissionReview(one, (id) => agreed.get(idOfPair({ model: one.model, instanceId: id }))),
    ),
    overall: submissionReview(overall, (id) => agreed.get(id)),
    agreement: agreements(current),
    sample: sample && sampleEstimate(sample, agreed, overall),
  };
}

function submissionReview(
  { model, resolved, outcomes, divergentPlausible }: SubmissionMetrics,
  labelOf: (id: string) => LabelName | 'disputed' | undefined,
): SubmissionReview {
  const pairs = Object.values(outcomes).flat().sort();
  const { reported, afterStrongEvidence } = resolved;
  const weak = new Set(afterStrongEvidence.ids);
  const decision = (id: string) => {
    const label = labelOf(id);
    return label === undefined ? null : DECISIONS[label];
  };
  const left = reported.ids.filter((id) => (decision(id) ?? (weak.has(id) ? 'keep' : 'remove')) === 'keep');
  const withLabels = rateOf(left, reported.of);
  const labelled = divergentPlausible.ids.filter((id) => labelOf(id) !== undefined);
  return {
    model,
    labels: perLabel((label) => pairs.filter((id) => labelOf(id) === label)),
    disputed: pairs.filter((id) => labelOf(id) === 'disputed'),
    decided: reported.ids.filter((id) => decision(id) !== null),
    withLabels,
    inflation: pointsBetween(reported, withLabels),
    incorrectDivergent: rateOf(
      labelled.filter((id) => labelOf(id) === 'incorrect'),
      labelled.length,
    ),
  };
}

/** Every two reviewers who labelled some of the same pairs. */
function agreements(labels: readonly Label[]): Agreement[] {
  const reviewers = [...new Set(labels.map(({ reviewer }) => reviewer))].sort();
  const of = (reviewer: string) =>
    new Map(labels.filter((one) => one.reviewer === reviewer).map((one) => [idOfPair(one), one.label]));
  return reviewers.flatMap((first, index) =>
    reviewers.slice(index + 1).flatMap((second) => {
      const [own, theirs] = [of(first), of(second)];
      const both = [...own].flatMap(([id, label]) => {
        const other = theirs.get(id);
        return other === undefined ? [] : [{ id, ratings: [label, other] as const }];
      });
      if (both.length === 0) return [];
      const { observed, kappa } = cohenKappa(both.map(({ ratings }) => ratings));
      const differ = both.filter(({ ratings: [one, other] }) => one !== other).map(({ id }) => id);
      return [
        { reviewers: [first, second] as const, both: both.length, observed, kappa, differ: differ.sort() },
      ];
    }),
  );
}
