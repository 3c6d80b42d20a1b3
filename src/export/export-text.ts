import type { LeftOut, LeftOutReason } from './choose-tests.js';
import type { ExportedTest, ExportSummary } from './strengthened-dataset.js';
import { plural } from '../report/words.js';

/** Why divergences gave no test. */
const LEFT_OUT_WORDS: Readonly<Record<LeftOutReason, string>> = {
  'below-grade': 'graded below --min-grade',
  'never-exported':
    'of a grade that a benchmark must not hold against a patch, such as internal or contrived',
  'no-test': 'without a test that was seen to pass on gold and fail on the candidate',
  'no-test-file': 'of rows whose test patch has no Python test file to put them beside',
  'unknown-runner': "of rows whose log parser is not one of pytest's, sympy's or Django's",
  'unknown-command': 'of rows whose eval_script is not seen to run a test file of the row',
  prints: "whose output would break the log of the row's runner",
  'already-there': 'already in the test patch of the row',
  'no-row': 'of instances that the dataset does not have',
};
const MOST_IDS = 5;

/** What `export --swebench` prints: per row what went in, then what was left out and why. */
export function renderExportText(summary: ExportSummary): string {
  const { rows, tests, leftOut, minGrade, withoutScript } = summary;
  const byInstance = groupBy(tests, ({ instanceId }) => instanceId);
  const lines = [
    `${plural(rows, 'row')}, ${byInstance.size} of them with ${plural(tests.length, 'test')} more (${minGrade} or stronger)`,
    ...[...byInstance].map(([instanceId, own]) => `  ${instanceId}: ${rowSentence(own)}`),
  ];
  if (leftOut.length > 0)
    lines.push(`${plural(leftOut.length, 'divergence')} left out:`, ...reasonLines(leftOut));
  if (withoutScript > 0)
    lines.push(
      `${plural(withoutScript, 'row')} without eval_script: for harnesses that make their own (before 5.0)`,
    );
  return `${lines.join('\n')}\n`;
}

function rowSentence(tests: readonly ExportedTest[]): string {
  const lists = groupBy(tests, ({ list }) => list);
  const counts = [...lists].map(([list, own]) => `${list} +${own.length}`).sort();
  const models = [...new Set(tests.flatMap(({ failedBy }) => failedBy))].sort();
  return `${counts.join(', ')}; must fail: ${models.join(', ')}`;
}

function reasonLines(leftOut: readonly LeftOut[]): string[] {
  const groups = [...groupBy(leftOut, ({ reason }) => reason)];
  return groups
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, own]) => {
      const ids = own.slice(0, MOST_IDS).map(({ divergence }) => divergence);
      const more = own.length > MOST_IDS ? ', ...' : '';
      return `  ${own.length} ${LEFT_OUT_WORDS[reason]} (${ids.join(', ')}${more})`;
    });
}

function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
