import { evidenceWord } from '../metrics/evidence.js';
import type { Rate } from '../model/rate.js';
import type { RunReport } from '../model/report.js';
import type { SubmissionMetrics } from '../model/run-metrics.js';
import type { PairRecord } from '../model/verdict.js';
import { printable } from '../platform/escape/terminal.js';
import { divergenceFacts, type PairLinks } from './facts.js';
import { furtherTables } from './figure-tables.js';
import { cell, code, codeBlock, table } from '../platform/escape/markdown.js';
import {
  counters,
  duration,
  expectedText,
  percent,
  pointsText,
  rateText,
  resolvedSteps,
  scoreSentence,
  sumText,
  WEAK_STEP,
} from './numbers.js';
import { pairNotes } from './tampering-words.js';
import {
  CLASS_WORDS,
  developerTestsSentence,
  differsSentence,
  GRADE_WORDS,
  instanceNotes,
  OUTCOME_WORDS,
  plural,
  REASON_WORDS,
  verdictSentence,
  WEAK_WORDS,
} from './words.js';

/** A pair as a Markdown document: what `check --format markdown` prints. */
export function renderCheckMarkdown(record: PairRecord, links: PairLinks): string {
  const { inputs, environment } = record;
  const failures = [...record.benchmarkFailures, ...record.developerFailures];
  const often = differsSentence(record);
  const parts = [
    `# ${cell(record.instanceId)}: ${record.verdict.outcome}`,
    `${cell(verdictSentence(record))}.`,
    ...(failures.length > 0 ? [failureTable(failures)] : []),
    ...pairNotes(record).map((note) => `- ${cell(note)}`),
    ...pairSections(record, links),
    ...(often === null ? [] : [`${capital(often)}.`]),
    ...(record.developerTests ? [`${capital(developerTestsSentence(record.developerTests))}.`] : []),
    ...(record.score === null ? [] : [`${capital(scoreSentence(record.score))}.`]),
    `${plural(inputs.tried, 'input')}: ${inputs.same} same + ${inputs.different} different + ${inputs.flaky} flaky + ${inputs.unknown} no evidence + ${inputs.setupFailed} not set up. ` +
      `Engine ${environment.engine}, Python ${cell(environment.python)}, seed ${record.seed}, ${duration(record.seconds.total)}.`,
  ];
  return `${printable(parts.join('\n\n'))}\n`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `summary.md`: rates, verdicts, and every divergence of the run. */
export function renderSummaryMarkdown(report: RunReport, links: PairLinks): string {
  const { run, records, metrics, tool } = report;
  const shown =
    metrics.submissions.length > 1 ? [...metrics.submissions, metrics.overall] : metrics.submissions;
  const divergent = records.filter(({ divergences }) => divergences.length > 0);
  const parts = [
    `# patchdiff: ${cell(run.id)}`,
    `${plural(run.dataset.instances, 'instance')} of ${code(run.dataset.path)}, patchdiff ${tool.version}, seed ${run.seed}. Engine: ${cell(run.engine)}`,
    'A divergence is evidence that behaviour differs from the reference; it is not proof that the patch is wrong.',
    '## Resolved',
    resolvedTable(shown),
    `Shares are of the instances considered, each with its 95% Wilson interval. Strong evidence: ${metrics.strongGrades.map((grade) => GRADE_WORDS[grade]).join('; ')}. Inflation: reported less what strong evidence leaves, in percentage points. Weak only: without strong evidence, ${WEAK_WORDS}. Expected incorrect: the sum of the scores of the plausible patches that were judged.`,
    '## Verdicts',
    verdictTable(shown),
    ...shown.map((submission) => `${cell(submission.model)}: ${sumText(submission)}.`),
    Object.entries(OUTCOME_WORDS)
      .map(([outcome, words]) => `- **${outcome}**: ${words}`)
      .join('\n'),
    ...shown.flatMap(submissionDetails),
    ...furtherTables(metrics).flatMap(({ title, head, rows, notes }) => [
      `## ${cell(title)}`,
      table(
        head.map(cell),
        rows.map((row) => row.map(({ text }) => cell(text))),
      ),
      ...notes.map(cell),
    ]),
    '## Pairs',
    table(
      ['instance', 'submission', 'verdict', 'evidence', 'score', 'why', 'time'],
      records.map((record) => [
        cell(record.instanceId),
        cell(record.model),
        record.verdict.outcome,
        evidenceWord(record) ?? '',
        record.score?.toFixed(2) ?? '',
        cell(verdictSentence(record)),
        duration(record.seconds.total),
      ]),
    ),
    ...instanceNotes(records).map((line) => `- ${cell(line)}`),
    ...(divergent.length > 0 ? ['## Divergences'] : []),
    ...divergent.flatMap((record) => [
      `### ${cell(record.instanceId)}, ${cell(record.model)}`,
      ...pairSections(record, links),
    ]),
  ];
  return `${printable(parts.join('\n\n'))}\n`;
}

function resolvedTable(submissions: readonly SubmissionMetrics[]): string {
  const [first] = submissions;
  const labels = first ? resolvedSteps({ ...first.resolved, source: '' }).map(([label]) => label) : [];
  const interval = ({ interval: bounds }: Rate) =>
    bounds ? `<br>${percent(bounds.low)} to ${percent(bounds.high)}` : '';
  const rateCell = (rate: Rate) => `${rate.count} of ${rate.of}, ${percent(rate.rate)}${interval(rate)}`;
  return table(
    [
      'submission',
      'source',
      ...labels,
      'inflation',
      'strong, of plausible and judged',
      'expected incorrect',
      'weak only',
      WEAK_STEP,
    ],
    submissions.map(({ model, resolved, strongPlausible, expectedIncorrect, weakOnly }) => [
      cell(model),
      cell(counters(resolved)),
      ...resolvedSteps(resolved).map(([, rate]) => rateCell(rate)),
      pointsText(resolved.inflation.strong),
      rateCell(strongPlausible),
      expectedText(expectedIncorrect),
      rateCell(weakOnly),
      rateCell(resolved.afterAnyDivergence),
    ]),
  );
}

function verdictTable(submissions: readonly SubmissionMetrics[]): string {
  const outcomes = Object.keys(OUTCOME_WORDS) as (keyof typeof OUTCOME_WORDS)[];
  return table(
    ['submission', 'submitted', ...outcomes, 'not run yet', 'no prediction'],
    submissions.map((metrics) => [
      cell(metrics.model),
      String(metrics.submitted),
      ...outcomes.map((outcome) => String(metrics.outcomes[outcome].length)),
      String(metrics.pending.length),
      String(metrics.incomplete.length),
    ]),
  );
}

/** Shares and ids of one submission. */
function submissionDetails(metrics: SubmissionMetrics): string[] {
  const ids = (list: readonly string[]) => list.map(code).join(', ');
  const shares = [
    ...Object.entries(metrics.grades).map(
      ([grade, rate]) => [GRADE_WORDS[grade as keyof typeof GRADE_WORDS], rate] as const,
    ),
    ...Object.entries(metrics.classes).map(
      ([name, rate]) => [CLASS_WORDS[name as keyof typeof CLASS_WORDS], rate] as const,
    ),
  ];
  const reasons = Object.entries(metrics.unverifiable);
  const { seconds, resolved } = metrics;
  return [
    `## ${cell(metrics.model)}`,
    `Of the plausible patches that were judged, strong evidence: ${rateText(metrics.strongPlausible)}; weak only: ${rateText(metrics.weakOnly)}.` +
      (seconds.median === null
        ? ''
        : ` Median ${duration(seconds.median)} per pair, ${duration(seconds.total)} for ${seconds.pairs}.`),
    ...(shares.length > 0
      ? [
          table(
            ['strongest evidence per divergent pair', 'count', 'ids'],
            shares.map(([words, rate]) => [cell(words), `${rate.count} of ${rate.of}`, ids(rate.ids)]),
          ),
        ]
      : []),
    ...(reasons.length > 0
      ? [
          table(
            ['unverifiable because', 'count', 'ids'],
            reasons.map(([reason, list]) => [
              REASON_WORDS[reason as keyof typeof REASON_WORDS],
              String(list.length),
              ids(list),
            ]),
          ),
        ]
      : []),
    ...(resolved.unjudged.length > 0
      ? [`Counted as resolved and not judged here: ${ids(resolved.unjudged)}.`]
      : []),
    ...(metrics.goldSuspect.length > 0 ? [`The reference is suspect on ${ids(metrics.goldSuspect)}.`] : []),
  ];
}

function pairSections(record: PairRecord, links: PairLinks): string[] {
  return record.divergences.flatMap((divergence) => {
    const facts = divergenceFacts(divergence, links);
    const where = [
      ...(facts.test === null ? [] : [`Test: ${code(facts.test)}`]),
      ...(facts.replay === null ? [] : [`Replay: ${code(facts.replay)}`]),
    ];
    return [
      `#### ${cell(facts.title)}`,
      cell(facts.explanation),
      `${cell(capital(facts.grade))}. ${cell(capital(facts.class))}.`,
      codeBlock(facts.program, 'python'),
      table(
        ['side', 'answer'],
        facts.answers.map(([name, text]) => [name, code(text)]),
      ),
      ...(where.length > 0 ? [where.join('\\\n')] : []),
    ];
  });
}

function failureTable(failures: PairRecord['benchmarkFailures']): string {
  return table(
    ['test', 'gold', 'candidate', 'message'],
    failures.map(({ id, gold, candidate, message }) => [code(id), gold, candidate, cell(message ?? '')]),
  );
}
