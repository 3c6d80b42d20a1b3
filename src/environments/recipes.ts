import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { UserError } from '../model/errors.js';
import {
  recipeFileSchema,
  type EnvironmentRecipe,
  type ProjectBuild,
  type RecipeModule,
} from '../model/recipe.js';
import { contentKey } from '../platform/content-key.js';

/** The recipes that come with patchdiff: one file for each repository. */
const RECIPES_DIRECTORY = fileURLToPath(new URL('../../containers/environments', import.meta.url));

/** All recipes. */
export class Recipes {
  private constructor(readonly all: readonly EnvironmentRecipe[]) {}

  /** @throws UserError `recipe-malformed` naming the file */
  static async load(directory = RECIPES_DIRECTORY): Promise<Recipes> {
    const names = (await readdir(directory)).filter((name) => /\.ya?ml$/.test(name)).sort();
    return new Recipes(
      (await Promise.all(names.map((name) => readRecipes(path.join(directory, name))))).flat(),
    );
  }

  /** The recipe of a version; undefined when the repository, or this version of it, has none. */
  find(repository: string, version: string | undefined): EnvironmentRecipe | undefined {
    return this.#of(repository).find(({ versions }) => version !== undefined && versions.includes(version));
  }

  /** The versions of a repository that have a recipe, in the order of its file. */
  versions(repository: string): string[] {
    return this.#of(repository).flatMap(({ versions }) => versions);
  }

  #of(repository: string): EnvironmentRecipe[] {
    return this.all.filter((recipe) => recipe.repository.toLowerCase() === repository.toLowerCase());
  }
}

/** `pytest-dev/pytest 6.2, 6.3`. */
export function nameOf({ repository, versions }: EnvironmentRecipe): string {
  return `${repository} ${versions.length > 3 ? `${versions[0]} to ${versions.at(-1)}` : versions.join(', ')}`;
}

/** A version as build tools need it, with three numbers; rows have `5.2` or `v5.3`. */
export function fullVersion(version: string): string {
  const [major = '0', minor = '0', patch = '0'] = version.match(/\d+/g) ?? [];
  return `${major}.${minor}.${patch}`;
}

/** How the compiled parts of an instance's project are built; undefined where it has none. */
export function buildOf(
  { repository, build, apt }: EnvironmentRecipe,
  version: string,
): ProjectBuild | undefined {
  if (build.length === 0) return undefined;
  return { commands: build, version: fullVersion(version), name: `${repository} ${version}`, apt };
}

/** SHA-256 of what an environment is made from: recipes of the same content share one. */
export function recipeKey(recipe: EnvironmentRecipe): string {
  const { python, packages, apt, build, repository, modules, services } = recipe;
  return contentKey({
    ...{ python, packages, apt, build },
    // What is built is part of the environment, and of one repository.
    ...(build.length > 0 ? { repository } : {}),
    ...(modules.length > 0 ? { modules } : {}),
    ...(services.length > 0 ? { services } : {}),
  });
}

async function readRecipes(file: string): Promise<EnvironmentRecipe[]> {
  const checked = recipeFileSchema.safeParse(parseYaml(file, await readFile(file, 'utf8')));
  if (checked.success) {
    const { repository, runner, recipes } = checked.data;
    return Promise.all(
      recipes.map(async ({ modules, ...recipe }) => ({
        ...{ repository, runner, ...recipe },
        modules: await Promise.all(modules.map((name) => readModule(file, name))),
      })),
    );
  }
  const [issue] = checked.error.issues;
  throw malformed(file, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}

async function readModule(file: string, name: string): Promise<RecipeModule> {
  try {
    const source = await readFile(path.join(path.dirname(file), name), 'utf8');
    return { name: path.posix.basename(name), source };
  } catch (error) {
    throw malformed(
      file,
      `the module ${name} cannot be read (${(error as NodeJS.ErrnoException).code ?? ''})`,
    );
  }
}

function parseYaml(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw malformed(file, error instanceof Error ? error.message : String(error));
  }
}

const malformed = (file: string, reason: string): UserError =>
  new UserError('recipe-malformed', `${file}: ${reason}`, 'Correct the file.');
