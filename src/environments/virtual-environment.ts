import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { InfraError, UserError } from '../model/errors.js';
import type { EnvironmentRecipe } from '../model/recipe.js';
import { buildOnce } from '../platform/build-once.js';
import { findPython } from './find-python.js';
import { contentKey } from '../platform/content-key.js';
import { nameOf, recipeKey } from './recipes.js';

/** What a virtual environment was made from; kept in it. */
export interface EnvironmentManifest {
  /** Recipes that led here, as `owner/name version`. */
  readonly name: string;
  /** `3.9.18`. */
  readonly python: string;
  /** SHA-256 of the recipe. */
  readonly recipe: string;
  /** Every installed distribution, as `pip freeze` names it. */
  readonly installed: readonly string[];
  readonly seconds: number;
}

export const MANIFEST = 'patchdiff-environment.json';
const REASON_LINES = 3;
/** Prints the directory of a virtual environment that packages are installed in. */
const SITE_PACKAGES = 'import sysconfig; print(sysconfig.get_paths()["purelib"])';
/** Older versions of pip cannot install the wheels that are published today. */
const OLDEST_PIP = 21;

/**
 * The interpreter of the virtual environment of a recipe, which is built where it does not exist yet: from the
 * package index that pip is set up to use, below `cacheDirectory`.
 *
 * @throws UserError `python-missing` when the machine does not have the recipe's version of Python
 * @throws InfraError `environment-build-failed`
 */
export async function virtualEnvironment(
  recipe: EnvironmentRecipe,
  cacheDirectory: string,
  signal: AbortSignal,
  onBuild: () => void = () => undefined,
): Promise<string> {
  const base = await findPython(recipe.python);
  if (base === undefined) {
    throw new UserError(
      'python-missing',
      `the environment of ${nameOf(recipe)} needs Python ${recipe.python}, which is not on this machine`,
      `Install it, for example with: uv python install ${recipe.python}, or pyenv install ${recipe.python}.`,
    );
  }
  const recipeHash = recipeKey(recipe);
  const key = contentKey({ recipe: recipeHash, base: base.executable, version: base.version });
  const directory = path.join(cacheDirectory, key.slice(0, 16));
  await buildOnce(directory, async (temporary) => {
    onBuild();
    const started = Date.now();
    const python = path.join(temporary, 'bin', 'python');
    const run = (command: string, args: readonly string[]) => runStep(recipe, command, args, signal);
    await run(base.executable, ['-m', 'venv', temporary]);
    const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input', '--quiet'];
    if (pipMajor(await run(python, [...pip, '--version'])) < OLDEST_PIP)
      await run(python, [...pip, 'install', '--upgrade', 'pip']);
    if (recipe.packages.length > 0) await run(python, [...pip, 'install', ...recipe.packages]);
    if (recipe.modules.length > 0) {
      const site = (await run(python, ['-c', SITE_PACKAGES])).trim();
      for (const { name, source } of recipe.modules) await writeFile(path.join(site, name), source);
    }
    const frozen = await run(python, [...pip, 'freeze', '--all']);
    const manifest: EnvironmentManifest = {
      name: nameOf(recipe),
      python: base.version,
      recipe: recipeHash,
      installed: frozen.split('\n').filter(Boolean),
      seconds: (Date.now() - started) / 1000,
    };
    await writeFile(path.join(temporary, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await renameInScripts(path.join(temporary, 'bin'), temporary, directory);
  });
  return path.join(directory, 'bin', 'python');
}

/** From `pip 23.0.1 from ...`. */
const pipMajor = (version: string): number => Number(/^pip (\d+)/.exec(version)?.[1] ?? 0);

/** Scripts name their interpreter by its path, which changes when the finished environment is moved. */
async function renameInScripts(scripts: string, from: string, to: string): Promise<void> {
  for (const name of await readdir(scripts)) {
    const file = path.join(scripts, name);
    if (!(await stat(file)).isFile()) continue;
    const text = await readFile(file, 'latin1');
    if (text.includes(from) && !text.startsWith('\x7fELF'))
      await writeFile(file, text.replaceAll(from, to), 'latin1');
  }
}

async function runStep(
  recipe: EnvironmentRecipe,
  command: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const result = await execa(command, args, {
    cwd: '/', // with -m, Python would import modules from the working directory
    stdin: 'ignore',
    reject: false,
    cancelSignal: signal,
  });
  if (!result.failed) return result.stdout;
  signal.throwIfAborted();
  const said = `${result.stderr}\n${result.stdout}`.trim().split('\n').slice(-REASON_LINES).join(' | ');
  throw new InfraError(
    'environment-build-failed',
    `the environment of ${nameOf(recipe)} cannot be built: ${said || result.shortMessage}`,
    { hint: 'See what pip says: it needs a package index, or the packages in its cache (PIP_FIND_LINKS).' },
  );
}
