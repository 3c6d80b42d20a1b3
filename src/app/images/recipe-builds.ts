import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type Docker from 'dockerode';
import { nameOf, recipeKey, Recipes } from '../../environments/recipes.js';
import { buildRecipeImage } from '../../images/recipe-image.js';
import type { EnvironmentRecipe } from '../../model/recipe.js';
import type { Instance } from '../../model/instance.js';
import { Repositories } from '../../trees/repositories.js';
import { treeOf } from '../../trees/side-tree.js';
import { cacheDirectory } from '../cache/cache.js';

/** How images are built from recipes. */
export interface BuildSetup {
  readonly instances: readonly Instance[];
  /** Directory that the paths of the dataset's repositories are relative to. */
  readonly directory: string;
  readonly baseImage: string;
  /** Network, as for `docker build`. */
  readonly network: string | undefined;
  readonly reposDir: string | undefined;
  readonly signal: AbortSignal;
}

/** The images that the instances of a dataset need. */
export interface RecipeBuilds {
  /** One for each image. `build` makes it, or finds that it is there, and gives a sentence on that. */
  readonly builds: readonly { readonly build: () => Promise<string> }[];
  /** Instances that no recipe is for. */
  readonly withoutRecipe: readonly Instance[];
  /** Removes the scratch files. */
  readonly close: () => Promise<void>;
}

/** Finds the recipes of instances, each once. @throws UserError `recipe-malformed` */
export async function openRecipeBuilds(docker: Docker, setup: BuildSetup): Promise<RecipeBuilds> {
  const { instances, directory, baseImage, network, reposDir, signal } = setup;
  const recipes = await Recipes.load();
  const wanted = new Map<string, { readonly instance: Instance; readonly recipe: EnvironmentRecipe }>();
  const withoutRecipe: Instance[] = [];
  for (const instance of instances) {
    const recipe = recipes.find(instance.repo, instance.version);
    if (recipe === undefined) withoutRecipe.push(instance);
    else if (!wanted.has(recipeKey(recipe))) wanted.set(recipeKey(recipe), { instance, recipe });
  }
  const repositories = new Repositories({
    cacheDirectory: cacheDirectory('repositories'),
    signal,
    ...(reposDir === undefined ? {} : { reposDir }),
  });
  const workDirectory = await mkdtemp(path.join(os.tmpdir(), 'patchdiff-images-'));
  const builds = [...wanted.values()].map(({ instance, recipe }) => ({
    build: async () => {
      const { image, built } = await buildRecipeImage(docker, recipe, {
        baseImage,
        network,
        tree: async (target) =>
          treeOf(await repositories.resolve(instance.repo, directory), instance.baseCommit, target),
        workDirectory,
        signal,
      });
      return `${image}: ${nameOf(recipe)}, ${built ? 'built' : 'present'}`;
    },
  }));
  return {
    builds,
    withoutRecipe,
    close: () => rm(workDirectory, { recursive: true, force: true }),
  };
}
