import { checkRecipes, type CheckedInstance, type CheckedRecipe } from '../../app/images/check-recipes.js';
import type { Instance } from '../../model/instance.js';
import { plural } from '../../report/words.js';
import type { CommandContext } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';

/** What `images check` is asked for. */
export interface CheckRequest {
  readonly instances: readonly Instance[];
  /** Directory that the paths of the dataset's repositories are relative to. */
  readonly directory: string;
  readonly reposDir?: string | undefined;
  readonly engine: 'auto' | 'docker' | 'local';
  readonly sandbox: boolean;
  readonly workers: number;
  /** Seconds for one run of an instance's test files. */
  readonly timeout: number;
  readonly format: string;
}

/** Checks the environments of instances and prints how they did; gives the exit code. */
export async function checkEnvironments(
  { format, workers, engine, sandbox, timeout, reposDir, instances, directory }: CheckRequest,
  { stdout, stderr, signal }: CommandContext,
): Promise<number> {
  const tell = (line: string) => void stderr.write(`${line}\n`);
  const recipes = await checkRecipes({
    ...{ instances, directory, reposDir, engine, sandbox, workers, timeoutSeconds: timeout, tell, signal },
    onChecked: ({ instanceId, qualified, reason = '', seconds }) => {
      tell(`${instanceId}: ${qualified ? 'qualified' : reason} in ${seconds.toFixed(1)} s`);
    },
  });
  stdout.write(format === 'json' ? `${JSON.stringify({ recipes }, null, 2)}\n` : checkTable(recipes));
  const qualified = recipes.every((recipe) => recipe.instances.every((one) => one.qualified));
  return qualified ? EXIT.ok : EXIT.notJudged;
}

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
  return [
    ...(reason === undefined ? [] : [`${instanceId}: ${reason}: ${detail ?? ''}`]),
    ...leftOut.map(
      ({ id, status, why }) =>
        `${instanceId}: left out ${id} (${[status, short(why)].filter(Boolean).join(': ')})`,
    ),
  ];
}

const short = (text: string): string => {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > WHY_CHARACTERS ? `${line.slice(0, WHY_CHARACTERS)}...` : line;
};
