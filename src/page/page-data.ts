import { diffWordsWithSpace, type Change } from 'diff';
import { evidenceWord, strongestGrade } from '../metrics/evidence.js';
import { consensus, currentLabels, idOfPair } from '../metrics/labels.js';
import type { Divergence } from '../model/divergence.js';
import type { Label, LabelName } from '../model/label.js';
import type { ReplayBundle } from '../model/replay.js';
import type { RunReport } from '../model/report.js';
import type { PairRecord, TestFailure } from '../model/verdict.js';
import { divergenceFacts, type PairLinks } from '../report/facts.js';
import { LABEL_WORDS } from '../report/review-tables.js';
import { pairNotes } from '../report/tampering-words.js';
import {
  developerTestsSentence,
  differsSentence,
  GRADE_WORDS,
  OUTCOME_WORDS,
  REASON_WORDS,
  WEAK_WORDS,
} from '../report/words.js';

/** A piece of an answer; `marked` where it is not what the side compared with answered. */
export interface TextPart {
  readonly text: string;
  readonly marked: boolean;
}

export interface PageDivergence {
  readonly title: string;
  /** What the input does, what the sides answer and why it counts. */
  readonly explanation: string;
  readonly class: string;
  readonly grade: string;
  readonly program: string;
  readonly answers: readonly { readonly name: string; readonly parts: readonly TextPart[] }[];
  readonly test: string | null;
  readonly replay: string | null;
}

export interface PagePair {
  readonly instance: string;
  readonly repository: string;
  readonly model: string;
  readonly outcome: string;
  /** One sentence: what the outcome means here. */
  readonly meaning: string;
  readonly class: string;
  readonly grade: string;
  /** `strong` or `weak only`; empty where the pair does not differ. */
  readonly evidence: string;
  /** How likely the candidate is incorrect; empty where the pair was not judged. */
  readonly score: number | '';
  readonly seconds: number;
  readonly failures: readonly (TestFailure & { readonly benchmark: boolean })[];
  readonly divergences: readonly PageDivergence[];
  /** Inputs that were run on both sides, and how many of them differed. */
  readonly inputs: { readonly tried: number; readonly different: number; readonly flaky: number };
  readonly hygiene: readonly string[];
  /** How often the sides differ, and what is to be known of the benchmark's own tests, in sentences. */
  readonly notes: readonly string[];
  /** Which developer tests were run; empty when it did not come to that. */
  readonly developerTests: string;
  /** The submission whose patch does the same, when that was judged instead. */
  readonly same: string | null;
  readonly patch: string;
  /** What reviewers said of it together; empty where nobody did. */
  readonly label: string;
  readonly labels: readonly PageLabel[];
}

/** What one reviewer said. */
export interface PageLabel {
  readonly reviewer: string;
  readonly label: string;
  readonly note: string;
}

export interface PageInstance {
  readonly issue: string;
  readonly gold: string;
}

/** What the page shows of pairs when one is opened; embedded compressed. */
export interface PageData {
  readonly pairs: readonly PagePair[];
  readonly instances: Readonly<Record<string, PageInstance>>;
}

/**
 * @param bundleOf what was stored with a record: the patches and the issue; null when it is gone
 * @param given labels to show; those of other patches are left out
 */
export function pageData(
  report: RunReport,
  links: PairLinks,
  bundleOf: (record: PairRecord) => ReplayBundle | null,
  given: readonly Label[] = [],
): PageData {
  const { current } = currentLabels(given, report.records);
  const agreed = consensus(current);
  const instances: Record<string, PageInstance> = {};
  const pairs = report.records.map((record) => {
    const bundle = bundleOf(record);
    if (bundle) {
      const { instanceId, problemStatement, goldPatch } = bundle.instance;
      instances[instanceId] = { issue: problemStatement, gold: goldPatch };
    }
    const id = idOfPair(record);
    const labels = current
      .filter((one) => idOfPair(one) === id)
      .map(({ reviewer, label, note }) => ({ reviewer, label: LABEL_WORDS[label], note }));
    return pairOf(record, bundle, links, { label: labelText(agreed.get(id)), labels });
  });
  return { pairs, instances };
}

const labelText = (label: LabelName | 'disputed' | undefined): string =>
  label === undefined ? '' : label === 'disputed' ? label : LABEL_WORDS[label];

function pairOf(
  record: PairRecord,
  bundle: ReplayBundle | null,
  links: PairLinks,
  labels: Pick<PagePair, 'label' | 'labels'>,
): PagePair {
  const { verdict, divergences, benchmarkFailures, developerFailures, inputs } = record;
  const grade = strongestGrade(record);
  const often = differsSentence(record);
  return {
    instance: record.instanceId,
    repository: bundle?.instance.repo ?? record.instanceId.replace(/-\d+$/, '').replace('__', '/'),
    model: record.model,
    outcome: verdict.outcome,
    meaning: meaningOf(record),
    class: verdict.outcome === 'divergent' ? (divergences[0]?.class ?? '') : '',
    grade: verdict.outcome === 'divergent' && grade ? GRADE_WORDS[grade] : '',
    evidence: evidenceWord(record) ?? '',
    score: record.score ?? '',
    seconds: record.seconds.total,
    failures: [
      ...benchmarkFailures.map((one) => ({ ...one, benchmark: true })),
      ...developerFailures.map((one) => ({ ...one, benchmark: false })),
    ],
    divergences: divergences.map((one) => divergenceOf(one, links)),
    inputs: { tried: inputs.tried, different: inputs.different, flaky: inputs.flaky },
    hygiene: record.hygiene.map(({ file, flag }) => `${file}: ${flag}`),
    notes: [...(often === null ? [] : [often]), ...pairNotes(record)],
    developerTests: record.developerTests ? developerTestsSentence(record.developerTests) : '',
    same: record.reusedFrom?.model ?? null,
    patch: bundle?.prediction.patch ?? '',
    ...labels,
  };
}

function meaningOf(record: PairRecord): string {
  const { verdict } = record;
  switch (verdict.outcome) {
    case 'unverifiable':
      return `${REASON_WORDS[verdict.reason]}: ${verdict.detail}`;
    case 'not-applied':
    case 'infra-error':
    case 'invalid-row':
      return `${OUTCOME_WORDS[verdict.outcome]}: ${verdict.detail}`;
    case 'consistent':
      return verdict.identical
        ? 'the two trees are the same but for comments, formatting and local names'
        : OUTCOME_WORDS.consistent;
    case 'divergent':
      return evidenceWord(record) === 'weak only' ? WEAK_WORDS : OUTCOME_WORDS.divergent;
    default:
      return OUTCOME_WORDS[verdict.outcome];
  }
}

function divergenceOf(divergence: Divergence, links: PairLinks): PageDivergence {
  const {
    title,
    explanation,
    class: kind,
    grade,
    program,
    answers,
    replay,
  } = divergenceFacts(divergence, links);
  const [base = '', gold = '', candidate = '', ...more] = answers.map(([, text]) => text);
  const change = diffWordsWithSpace(gold, candidate);
  return {
    title,
    explanation,
    class: kind,
    grade,
    program,
    answers: [
      { name: 'base', parts: partsOf(diffWordsWithSpace(gold, base), 'added') },
      { name: 'gold', parts: partsOf(change, 'removed') },
      { name: 'candidate', parts: partsOf(change, 'added') },
      ...more.map((text) => ({ name: 'differs at', parts: [{ text, marked: false }] })),
    ],
    test: divergence.test?.source ?? null,
    replay,
  };
}

/** One side of a comparison: what both have, and what only this side has, marked. */
function partsOf(changes: readonly Change[], own: 'added' | 'removed'): TextPart[] {
  const other = own === 'added' ? 'removed' : 'added';
  return changes.filter((one) => !one[other]).map(({ value, [own]: marked }) => ({ text: value, marked }));
}
