import type { Dataset } from '../datasets/dataset.js';
import type { Grade } from '../model/divergence.js';
import type { RunReport } from '../model/report.js';
import { chooseTests, type LeftOut, type LeftOutReason } from './choose-tests.js';
import type { PortableTest } from './portable-test.js';
import { strengthenRow, type AddedTest, type Row } from './strengthen-row.js';

/** A test of a strengthened dataset, as the summary says it. */
export interface ExportedTest extends Omit<AddedTest, 'test'> {
  readonly instanceId: string;
  readonly grade: Grade;
  readonly class: string;
  /** Submissions that must fail it. */
  readonly failedBy: readonly string[];
  readonly divergences: readonly string[];
}

/** What went into a strengthened dataset, and what did not. */
export interface ExportSummary {
  readonly rows: number;
  readonly minGrade: Grade;
  readonly tests: readonly ExportedTest[];
  readonly leftOut: readonly LeftOut[];
  /** Rows without an evaluation script of their own: the harness, before its version 5, makes one. */
  readonly withoutScript: number;
}

export interface StrengthenedDataset {
  readonly rows: readonly Row[];
  readonly summary: ExportSummary;
}

/** The rows of a run's instances, each with the tests that the run found for it. */
export function strengthenedDataset(
  { run, records }: Pick<RunReport, 'run' | 'records'>,
  dataset: Pick<Dataset, 'instances' | 'rows'>,
  minGrade: Grade,
): StrengthenedDataset {
  const chosen = chooseTests(records, minGrade);
  const wanted = new Set(run.instances);
  const leftOut: LeftOut[] = [...chosen.leftOut];
  const tests: ExportedTest[] = [];
  const rows: Row[] = [];
  dataset.instances.forEach((instance, index) => {
    const raw = dataset.rows[index]?.value;
    const { instanceId } = instance;
    if (!wanted.delete(instanceId) || typeof raw !== 'object' || raw === null) return;
    const result = strengthenRow(raw as Row, instance, chosen.tests.get(instanceId) ?? []);
    rows.push(result.row);
    tests.push(...result.added.map((added) => exported(added, instanceId)));
    leftOut.push(...result.leftOut.flatMap(({ test, reason }) => without(test, instanceId, reason)));
  });
  for (const instanceId of wanted)
    leftOut.push(
      ...(chosen.tests.get(instanceId) ?? []).flatMap((test) => without(test, instanceId, 'no-row')),
    );
  const withoutScript = rows.filter((row) => typeof row['eval_script'] !== 'string').length;
  return {
    rows,
    summary: { rows: rows.length, minGrade, tests, leftOut: leftOut.sort(byPair), withoutScript },
  };
}

function exported({ test, ...added }: AddedTest, instanceId: string): ExportedTest {
  const { divergence, witnesses } = test;
  return {
    instanceId,
    ...added,
    grade: divergence.grade,
    class: divergence.class,
    failedBy: [...new Set(witnesses.map(({ model }) => model))].sort(),
    divergences: [...new Set(witnesses.map((witness) => witness.divergence))].sort(),
  };
}

const without = (test: PortableTest, instanceId: string, reason: LeftOutReason): LeftOut[] =>
  test.witnesses.map((witness) => ({ instanceId, ...witness, grade: test.divergence.grade, reason }));

const byPair = (a: LeftOut, b: LeftOut): number => {
  const [left, right] = [a, b].map(({ instanceId, model, divergence }) =>
    [instanceId, model, divergence].join('\0'),
  );
  return (left ?? '') < (right ?? '') ? -1 : 1;
};

/** The rows as JSON lines, in ASCII: some readers end a line at other characters than the line feed. */
export function renderRows(rows: readonly Row[]): string {
  return rows.map((row) => `${ascii(JSON.stringify(row))}\n`).join('');
}

const ascii = (text: string): string =>
  text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
