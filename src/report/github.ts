import path from 'node:path';
import { workflowCommand } from '../platform/escape/workflow-command.js';
import type { SourceLocation } from '../model/instance.js';
import type { RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';
import { evidenceWord, hasStrongEvidence, strongestGrade } from '../metrics/evidence.js';
import { GRADES } from '../model/divergence.js';
import { GRADE_WORDS, plural } from './words.js';

/** How many annotations GitHub shows of a step, by kind. */
const MOST_ANNOTATIONS = 10;
/** How large the summary of a step may be. */
const MOST_SUMMARY_BYTES = 1024 * 1024;

/** Workflow commands for the strongest divergent pairs, each at the line of its prediction, and how many more there are. */
export function renderAnnotations(
  { records }: RunReport,
  sourceOf: (record: PairRecord) => SourceLocation | null,
  root: string,
): string {
  const rank = (record: PairRecord) => GRADES.indexOf(strongestGrade(record) ?? 'internal');
  const divergent = records
    .filter(({ verdict }) => verdict.outcome === 'divergent')
    .sort((a, b) => rank(a) - rank(b));
  const shown = divergent
    .slice(0, MOST_ANNOTATIONS)
    .map((record) => annotation(record, sourceOf(record), root));
  const more = divergent.length - shown.length;
  if (more > 0) shown.push(`${plural(more, 'more divergent pair')} in the report`);
  return shown.map((line) => `${line}\n`).join('');
}

function annotation(record: PairRecord, source: SourceLocation | null, root: string): string {
  const kind = hasStrongEvidence(record) ? 'error' : 'warning';
  const grade = strongestGrade(record);
  const properties = {
    ...(source === null ? {} : { file: path.relative(root, path.resolve(source.file)) }),
    ...(source?.line === undefined ? {} : { line: String(source.line) }),
    title: `${record.model} diverges on ${record.instanceId}`,
  };
  const words = grade === null ? 'differs from the reference' : GRADE_WORDS[grade];
  const message = evidenceWord(record) === 'weak only' ? `weak only: ${words}` : words;
  return workflowCommand(kind, properties, message);
}

/** Lines for the outputs of a step: figures of all submissions together; rates from 0 to 1, inflation in points. */
export function renderOutputs({ metrics: { overall } }: RunReport): string {
  const { reported, afterStrongEvidence, inflation } = overall.resolved;
  const outputs = {
    'resolved-before': reported.rate,
    'resolved-after': afterStrongEvidence.rate,
    inflation: inflation.strong,
    strong: overall.strongPlausible.count,
    'weak-only': overall.weakOnly.count,
    'expected-incorrect': overall.expectedIncorrect.expected,
    divergent: overall.outcomes.divergent.length,
    incomplete: overall.incomplete.length + overall.pending.length + overall.outcomes['infra-error'].length,
  };
  return Object.entries(outputs)
    .map(([name, value]) => `${name}=${value ?? ''}\n`)
    .join('');
}

/** A summary that GitHub takes: whole lines of it, and a note of what was cut. */
export function jobSummary(markdown: string): string {
  if (Buffer.byteLength(markdown) <= MOST_SUMMARY_BYTES) return markdown;
  const lines = markdown.split('\n');
  const kept: string[] = [];
  let size = 200; // the note itself
  for (const line of lines) {
    size += Buffer.byteLength(line) + 1;
    if (size > MOST_SUMMARY_BYTES) break;
    kept.push(line);
  }
  return `${kept.join('\n')}\n\n${plural(lines.length - kept.length, 'line')} more in summary.md of the report.\n`;
}
