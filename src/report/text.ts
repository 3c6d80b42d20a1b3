import type { ReplayResult } from '../model/replay.js';
import type { Divergence } from '../model/divergence.js';
import type { RunReport } from '../model/report.js';
import type { SubmissionMetrics } from '../model/run-metrics.js';
import type { PairRecord, TestFailure } from '../model/verdict.js';
import { terminalLine } from '../platform/escape/terminal.js';
import { wrapped } from '../platform/wrapped.js';
import { divergenceFacts, type PairLinks } from './facts.js';
import type { FigureTable } from './figure-table.js';
import { furtherTables, STUDY_DIFFERENCE } from './figure-tables.js';
import {
  counters,
  duration,
  expectedText,
  pointsText,
  rateText,
  resolvedSteps,
  scoreSentence,
  sumText,
  WEAK_STEP,
} from './numbers.js';
import { pairNotes } from './tampering-words.js';
import {
  developerTestsSentence,
  differsSentence,
  instanceNotes,
  OUTCOME_WORDS,
  plural,
  verdictSentence,
  WEAK_WORDS,
} from './words.js';

/** Columns of a sentence on a terminal. */
const WIDTH = 98;
const MOST_TESTS = 10;
const MOST_PAIRS = 40;

/** What `check` prints of its one pair. */
export function renderCheckText(record: PairRecord, links: PairLinks): string {
  const lines = [`${record.verdict.outcome}: ${verdictSentence(record)}`];
  lines.push(
    ...failureLines('benchmark', record.benchmarkFailures),
    ...failureLines('developer', record.developerFailures),
  );
  lines.push(...pairNotes(record));
  for (const divergence of record.divergences) {
    const facts = divergenceFacts(divergence, links);
    lines.push('', facts.title, `  ${facts.grade}`, `  ${facts.class}`);
    lines.push(...wrapped(facts.explanation, WIDTH).map((line) => `  ${line}`), '');
    lines.push(...facts.program.split('\n').map((line) => `    ${line}`.trimEnd()), '');
    lines.push(...facts.answers.map(([name, text]) => `  ${`${name}:`.padEnd(11)} ${text}`));
    if (facts.test !== null) lines.push(`  ${'test:'.padEnd(11)} ${facts.test}`);
    if (facts.replay !== null) lines.push(`  ${'replay:'.padEnd(11)} ${facts.replay}`);
  }
  const { tried, same, different, flaky, unknown, setupFailed } = record.inputs;
  lines.push(
    '',
    `${plural(tried, 'input')}: ${same} same + ${different} different + ${flaky} flaky + ${unknown} no evidence + ${setupFailed} not set up`,
  );
  const often = differsSentence(record);
  if (often !== null) lines.push(often);
  if (record.developerTests) lines.push(developerTestsSentence(record.developerTests));
  if (record.score !== null) lines.push(scoreSentence(record.score));
  lines.push(
    `${record.environment.engine}, Python ${record.environment.python}, seed ${record.seed}, ${duration(record.seconds.total)}`,
  );
  if (record.budgetCut) lines.push('The time budget ended the search: a larger --budget may find more.');
  return `${lines.map(terminalLine).join('\n')}\n`;
}

/** What `run` prints at its end: rates per submission, then the pairs that are not consistent, then the glossary. */
export function renderSummaryText({ run, records, metrics }: RunReport): string {
  const shown =
    metrics.submissions.length > 1 ? [...metrics.submissions, metrics.overall] : metrics.submissions;
  const lines = [
    `${run.id}: ${plural(run.dataset.instances, 'instance')} of ${run.dataset.path}`,
    run.engine,
    ...unreadableLines(run),
  ];
  for (const submission of shown) lines.push('', ...submissionLines(submission));
  for (const table of furtherTables(metrics)) lines.push('', ...tableLines(table));
  const notable = records.filter(({ verdict }) => verdict.outcome !== 'consistent');
  if (notable.length > 0) lines.push('', ...pairLines(notable.slice(0, MOST_PAIRS)));
  if (notable.length > MOST_PAIRS) lines.push(`... and ${notable.length - MOST_PAIRS} more in summary.md`);
  const notes = instanceNotes(records);
  if (notes.length > 0) lines.push('', ...notes);
  lines.push('', ...Object.entries(OUTCOME_WORDS).map(([outcome, words]) => `${outcome}: ${words}`));
  lines.push(
    'strong evidence: from failed tests down to another result through the public API',
    `weak only: without strong evidence, ${WEAK_WORDS}`,
  );
  lines.push(
    'A divergence is evidence that behaviour differs from the reference, not proof that the patch is wrong.',
  );
  return `${lines.map(terminalLine).join('\n')}\n`;
}

/** What no count of outcomes has, since it names no instance. */
function unreadableLines({ unreadable }: RunReport['run']): string[] {
  if (!unreadable) return [];
  const parts = [plural(unreadable.rows, 'row'), plural(unreadable.predictions, 'prediction')];
  return [`not counted, since they cannot be read and name no instance: ${parts.join(', ')}`];
}

function submissionLines(metrics: SubmissionMetrics): string[] {
  const { resolved, seconds } = metrics;
  const width = 42;
  const rows: [string, string][] = [
    ...resolvedSteps(resolved).map(([label, rate]): [string, string] => [label, rateText(rate)]),
    ['inflation by strong evidence', pointsText(resolved.inflation.strong)],
    ['strong evidence, of plausible and judged', rateText(metrics.strongPlausible)],
    ['expected to be incorrect, by the scores', expectedText(metrics.expectedIncorrect)],
    ['weak only: may not matter', rateText(metrics.weakOnly)],
    [WEAK_STEP, rateText(resolved.afterAnyDivergence)],
    ...(resolved.unjudged.length > 0
      ? [['resolved, but not judged here', resolved.unjudged.join(', ')] satisfies [string, string]]
      : []),
    ...(metrics.goldSuspect.length > 0
      ? [['the reference is suspect on', metrics.goldSuspect.join(', ')] satisfies [string, string]]
      : []),
    [
      'seconds per pair',
      seconds.median === null
        ? '-'
        : `median ${duration(seconds.median)}, ${duration(seconds.total)} for ${seconds.pairs}`,
    ],
  ];
  return [
    `${metrics.model} (${resolved.source === 'measured' ? 'no reported results' : `results: ${counters(resolved)}`})`,
    ...rows.map(([label, text]) => `  ${label.padEnd(width)}${text}`),
    `  ${sumText(metrics)}`,
    ...(metrics.incomplete.length > 0
      ? [`  ${metrics.instances} instances, ${metrics.incomplete.length} without a prediction`]
      : []),
  ];
}

/** A table by columns; what explains its rows is left to the page and the summary. */
function tableLines({ title, head, rows }: FigureTable): string[] {
  const cells = [head, ...rows.map((row) => row.map(({ text }) => text))];
  const columns = head.map((_, index) => index).filter((index) => head[index] !== STUDY_DIFFERENCE);
  const width = (index: number) => Math.max(...cells.map((row) => row[index]?.length ?? 0));
  return [
    `${title}:`,
    ...cells.map((row) =>
      `  ${columns.map((index) => (row[index] ?? '').padEnd(width(index))).join('  ')}`.trimEnd(),
    ),
  ];
}

function pairLines(records: readonly PairRecord[]): string[] {
  const widest = (select: (record: PairRecord) => string) =>
    Math.max(...records.map((record) => select(record).length));
  const [instance, model] = [widest(({ instanceId }) => instanceId), widest((record) => record.model)];
  return records.map(
    (record) =>
      `${record.instanceId.padEnd(instance)}  ${record.model.padEnd(model)}  ${record.verdict.outcome.padEnd(12)}  ${verdictSentence(record)}`,
  );
}

function failureLines(kind: string, failures: readonly TestFailure[]): string[] {
  const shown = failures
    .slice(0, MOST_TESTS)
    .map(({ id, gold, candidate }) => `  ${kind} test ${id}: ${gold} on gold, ${candidate} on the candidate`);
  return failures.length > MOST_TESTS ? [...shown, `  ... and ${failures.length - MOST_TESTS} more`] : shown;
}

/** What `replay` prints: the answers of this time, and whether they are those of the report. */
export function renderReplayText(
  divergence: Divergence,
  { reproduced, observations, test }: Pick<ReplayResult, 'reproduced' | 'observations' | 'test'>,
): string {
  const facts = divergenceFacts(
    { ...divergence, observations },
    { testPath: () => null, replayCommand: () => null },
  );
  const lines = [facts.title, `  ${facts.grade}`, `  ${facts.class}`, ''];
  lines.push(...facts.program.split('\n').map((line) => `    ${line}`.trimEnd()), '');
  lines.push(...facts.answers.map(([name, text]) => `  ${`${name}:`.padEnd(11)} ${text}`));
  if (test) lines.push(`  ${'test:'.padEnd(11)} ${test.gold} on gold, ${test.candidate} on the candidate`);
  lines.push('', reproduced ? 'Reproduced.' : 'Not reproduced: the answers are not those of the report.');
  return `${lines.map(terminalLine).join('\n')}\n`;
}
