import type { CheckedInstance, CheckedRecipe } from '../../app/images/check-recipes.js';
import { plural } from '../../report/words.js';

/** What an instance's line shows of the reason why a test is left out. */
const WHY_CHARACTERS = 160;

/** A table with a row for each recipe, and below it what stands against an instance or a test. */
export function checkTable(recipes: readonly CheckedRecipe[]): string {
  const head = ['recipe', 'Python', 'instances', 'qualified', 'tests', 'left out'];
  const rows = recipes.map(({ name, python, instances }) => {
    const qualified = instances.filter((one) => one.qualified);
    const sum = (of: (one: CheckedInstance) => number) =>
      String(qualified.reduce((total, one) => total + of(one), 0));
    return [
      name,
      python ?? 'no recipe',
      String(instances.length),
      String(qualified.length),
      sum(({ tests }) => tests),
      sum(({ leftOut }) => leftOut.length),
    ];
  });
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const instances = recipes.flatMap((recipe) => recipe.instances);
  const qualified = instances.filter((one) => one.qualified).length;
  const notes = instances.flatMap(instanceNotes);
  return [
    ...[head, ...rows].map(line),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    `${qualified} of ${plural(instances.length, 'instance')} qualified, ${plural(recipes.length, 'recipe')}`,
    '',
  ].join('\n');
}

function instanceNotes({ instanceId, reason, detail, leftOut }: CheckedInstance): string[] {
  if (reason !== undefined) return [`${instanceId}: ${reason}: ${detail ?? ''}`];
  return leftOut.map(
    ({ id, status, why }) =>
      `${instanceId}: left out ${id} (${[status, short(why)].filter(Boolean).join(': ')})`,
  );
}

const short = (text: string): string => {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > WHY_CHARACTERS ? `${line.slice(0, WHY_CHARACTERS)}...` : line;
};
