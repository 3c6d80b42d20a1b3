import { LABELS, type LabelName } from '../model/label.js';
import type { ReviewMetrics, SampleEstimate, SubmissionReview } from '../model/review-metrics.js';
import { figureCell, plainCell, rateWords, type Cell, type FigureTable } from './figure-table.js';
import { percent, pointsText } from './numbers.js';
import { plural } from './words.js';

/** The labels that reviewers can give. */
export const LABEL_WORDS: Readonly<Record<LabelName, string>> = {
  correct: 'correct',
  incorrect: 'incorrect',
  unclear: 'unclear',
  'benchmark-fault': 'benchmark fault',
};

/** The rates by labels, how far reviewers agree, and the estimates from a sample. */
export function reviewTables(review: ReviewMetrics): FigureTable[] {
  return [
    ...(review.reviewers.length > 0 ? [labelTable(review)] : []),
    ...(review.agreement.length > 0 ? [agreementTable(review)] : []),
    ...(review.sample ? [sampleTable(review.sample)] : []),
  ];
}

function labelTable({ submissions, overall, reviewers, stale }: ReviewMetrics): FigureTable {
  const shown = submissions.length > 1 ? [...submissions, overall] : submissions;
  const row = (one: SubmissionReview): Cell[] => {
    const key = (name: string) => `review/${one.model}/${name}`;
    return [
      plainCell(one.model),
      ...LABELS.map((label) => figureCell(key(label), String(one.labels[label].length))),
      figureCell(key('disputed'), String(one.disputed.length)),
      figureCell(key('decided'), String(one.decided.length)),
      figureCell(key('withLabels'), rateWords(one.withLabels)),
      figureCell(key('inflation'), pointsText(one.inflation)),
    ];
  };
  const who = reviewers.map(({ name, labels }) => `${name} (${labels})`).join(', ');
  return {
    id: 'review',
    title: 'Review labels',
    head: [
      'submission',
      ...LABELS.map((label) => LABEL_WORDS[label]),
      'disputed',
      'resolved ones decided',
      'resolved with labels',
      'inflation',
    ],
    rows: shown.map(row),
    notes: [
      `Labels by ${who}. A label decides about a patch: incorrect takes it away, correct and benchmark fault keep it. Where there is none, where it is unclear and where reviewers disagree, strong evidence decides.` +
        (stale > 0
          ? ` ${plural(stale, 'label')} for other patches than those of this run count nowhere.`
          : ''),
    ],
  };
}

function agreementTable({ agreement }: ReviewMetrics): FigureTable {
  return {
    id: 'agreement',
    title: 'Agreement of reviewers',
    head: ['reviewers', 'pairs labelled by both', 'the same label', "Cohen's kappa", 'labelled differently'],
    rows: agreement.map(({ reviewers: [one, other], both, observed, kappa, differ }) => [
      plainCell(`${one}, ${other}`),
      figureCell(`agreement/${one}/${other}/both`, String(both)),
      figureCell(`agreement/${one}/${other}/observed`, percent(observed)),
      figureCell(`agreement/${one}/${other}/kappa`, kappa === null ? '-' : kappa.toFixed(3)),
      plainCell(differ.join(', ') || '-'),
    ]),
    notes: ['Kappa is agreement beyond chance (Cohen 1960): 1 is full agreement, 0 what chance gives.'],
  };
}

function sampleTable({ size, population, labelled, estimate }: SampleEstimate): FigureTable {
  const drawn: Cell[] = [
    plainCell(`random sample of ${size}`),
    figureCell('sample/population', String(population)),
    figureCell('sample/labelled', `${labelled} of ${size}`),
  ];
  return {
    id: 'sample',
    title: 'Estimate from a random sample',
    head: [
      'sample',
      'divergent pairs drawn from',
      'labelled',
      'incorrect',
      'incorrect of all',
      'resolved',
      'inflation',
    ],
    rows: [
      estimate === null
        ? [...drawn, ...['-', '-', '-', '-'].map(plainCell)]
        : [
            ...drawn,
            figureCell('sample/incorrect', rateWords(estimate.incorrect)),
            figureCell(
              'sample/wrong',
              `${estimate.wrong.count.toFixed(1)} (${estimate.wrong.low.toFixed(1)} to ${estimate.wrong.high.toFixed(1)})`,
            ),
            figureCell(
              'sample/resolved',
              `${percent(estimate.resolved.rate)} (${percent(estimate.resolved.low)} to ${percent(estimate.resolved.high)})`,
            ),
            figureCell('sample/inflation', pointsText(estimate.inflation)),
          ],
    ],
    notes: [
      estimate === null
        ? 'There is an estimate when every pair of the sample has a label: one from the strongest evidence only would be too high.'
        : 'Drawn from the resolved pairs that pass all tests here and diverge. Resolved: without those failing tests, and without the incorrect that the sample makes expect. Unclear and disputed pairs are not counted as incorrect. Wilson interval, narrowed by the share of the population in the sample (Cochran 1977).',
    ],
  };
}
