import path from 'node:path';
import { stat } from 'node:fs/promises';
import { Unjudgeable } from '../../model/unjudgeable.js';
import type { TestRun } from '../../model/test-result.js';

const NO_MODULE = /No module named ['"]?([A-Za-z_][\w.]*)/;

/** The module that a text of Python says is missing; the first one. */
export const missingModule = (text: string): string | undefined => NO_MODULE.exec(text)?.[1];

/** Where an environment comes from, as far as advice on it depends on that. */
export interface EnvironmentOrigin {
  /** Directory of the tree. */
  readonly directory: string;
  /** The folders of the tree that imports start from. */
  readonly importRoots: readonly string[];
  /** The environment is built from a recipe, or is one that the user gave. */
  readonly recipe: boolean;
}

/**
 * Refuses an environment in which no test can even be imported, and says which module it lacks and what to do.
 * @param gold gold's run of the benchmark's tests
 * @throws Unjudgeable `environment-broken`
 */
export async function requireImports(gold: TestRun, origin: EnvironmentOrigin): Promise<void> {
  if (gold.results.some(({ status }) => status !== 'error' && status !== 'skipped')) return;
  const said = [...gold.results.map(({ message = '' }) => message), gold.output];
  const module = said.map(missingModule).find((name) => name !== undefined);
  if (module === undefined) return;
  throw new Unjudgeable('environment-broken', await adviceFor(module, origin));
}

/** What to do about a module that cannot be imported. */
export async function adviceFor(module: string, origin: EnvironmentOrigin): Promise<string> {
  const name = `the tests cannot be imported, as there is no module ${module}`;
  const [top = module] = module.split('.');
  if (await isInTree(top, origin)) {
    return origin.recipe
      ? `${name}: ${top} is in the tree, and building it does not make this module; see \`build\` of the recipe`
      : `${name}: ${top} is in the tree, and a part of it is not built; use --environments build, or an image that has it`;
  }
  return origin.recipe
    ? `${name}: add the package that has it to \`packages\` of the recipe`
    : `${name}: install the package that has it for the interpreter, or into the image`;
}

async function isInTree(top: string, { directory, importRoots }: EnvironmentOrigin): Promise<boolean> {
  for (const root of new Set(['.', ...importRoots])) {
    const found = await stat(path.join(directory, root, top)).catch(() => undefined);
    if (found?.isDirectory()) return true;
  }
  return false;
}
