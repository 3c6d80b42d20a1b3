import { readFile } from 'node:fs/promises';
import type { DivergenceClass, Grade } from '../../src/model/divergence.js';
import type { RunReport } from '../../src/model/report.js';
import type { PairRecord, VerdictOutcome } from '../../src/model/verdict.js';
import { runReportSchema } from '../../src/model/report.js';
import { ROOT } from './cli.js';

/** A pair of `benchmarks/mini/expected.json`. */
export interface ExpectedPair {
  readonly instance_id: string;
  readonly model: string;
  readonly shows: string;
  readonly outcome: VerdictOutcome;
  readonly reason?: string;
  readonly identical?: boolean;
  readonly plausible: boolean | null;
  readonly class?: readonly DivergenceClass[];
  readonly grade?: readonly Grade[];
}

/** Counts of one submission in `benchmarks/mini/expected.json`. */
export interface ExpectedSummary {
  readonly instances: number;
  readonly submitted: number;
  readonly incomplete: readonly string[];
  readonly outcomes: Readonly<Record<VerdictOutcome, number>>;
  readonly reported: number;
  readonly after_own_tests: number;
  readonly after_developer_tests: number;
  readonly after_strong_evidence: number;
  readonly after_any_divergence: number;
  readonly unjudged: readonly string[];
}

export const MINI = `${ROOT}/benchmarks/mini`;

export const { pairs: EXPECTED_PAIRS, summary: EXPECTED_SUMMARY } = JSON.parse(
  await readFile(`${MINI}/expected.json`, 'utf8'),
) as { pairs: ExpectedPair[]; summary: Record<string, ExpectedSummary> };

/** Reads a `report.json`, which must be as its schema says. */
export async function readReport(file: string): Promise<RunReport> {
  return runReportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** What is wrong with the record of an expected pair; empty when it is as it must be. */
export function disagreements(report: RunReport, expected: ExpectedPair): string[] {
  const record = report.records.find(
    ({ instanceId, model }) => instanceId === expected.instance_id && model === expected.model,
  );
  if (!record) return ['no record'];
  const { verdict, plausible, divergences } = record;
  const same = (what: string, actual: unknown, wanted: unknown) =>
    actual === wanted ? [] : [`${what} is ${String(actual)}, expected ${String(wanted)}`];
  const among = (what: string, actual: unknown, wanted: readonly unknown[] | undefined) =>
    !wanted || wanted.includes(actual)
      ? []
      : [`${what} is ${String(actual)}, expected ${wanted.join(' or ')}`];
  return [
    ...same('outcome', verdict.outcome, expected.outcome),
    ...same('reason', 'reason' in verdict ? verdict.reason : undefined, expected.reason),
    ...same('identical', 'identical' in verdict ? verdict.identical : undefined, expected.identical),
    ...same('plausible', plausible, expected.plausible),
    ...among('class', divergences[0]?.class, expected.class),
    ...among('grade', strongestGrade(record), expected.grade),
  ];
}

function strongestGrade({
  benchmarkFailures,
  developerFailures,
  divergences,
}: PairRecord): Grade | undefined {
  if (benchmarkFailures.length > 0) return 'fails-benchmark-tests';
  if (developerFailures.length > 0) return 'fails-developer-tests';
  return divergences[0]?.grade;
}
