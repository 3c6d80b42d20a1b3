import type Docker from 'dockerode';
import {
  NO_RECIPE,
  recipeOf,
  type BuiltEnvironments,
  type BuiltIdentity,
} from '../environments/built-environments.js';
import { buildOf, nameOf, recipeKey, type Recipes } from '../environments/recipes.js';
import { Unjudgeable } from '../model/unjudgeable.js';
import type { SideEnvironment } from '../model/recipe.js';
import type { EnvironmentSpec, Instance } from '../model/instance.js';
import { buildRecipeImage, recipeImageName, type BuildOptions } from './recipe-image.js';

export interface RecipeImagesOptions extends Omit<BuildOptions, 'tree'> {
  readonly recipes: Recipes;
  /** Writes the tree of an instance's base commit below a directory, and returns its path. */
  readonly treeOf: (instance: Instance, directory: string) => Promise<string>;
  /** Called with the name of each environment whose image is built or found. */
  readonly onBuild: (name: string) => void;
  /** Called with the name of each image that was built. */
  readonly onBuilt: (image: string) => void;
}

/** Gives instances the images of their recipes: one for each recipe, built when first needed. */
export class RecipeImages implements BuiltEnvironments {
  readonly #built = new Map<string, Promise<string>>();

  constructor(
    private readonly docker: Docker,
    private readonly options: RecipeImagesOptions,
  ) {}

  /** Name of an instance's image; undefined where that is given, or the repository or version has no recipe. */
  imageOf(instance: Instance, given: EnvironmentSpec): string | undefined {
    const recipe = this.options.recipes.find(instance.repo, instance.version);
    return given.image === undefined && recipe ? recipeImageName(recipe) : undefined;
  }

  async environmentOf(instance: Instance, given: EnvironmentSpec): Promise<SideEnvironment> {
    if (given.image !== undefined) return given;
    const recipe = recipeOf(this.options.recipes, instance);
    if (recipe === undefined) return given;
    const name = recipeImageName(recipe);
    const building = this.#built.get(name) ?? this.#build(instance);
    this.#built.set(name, building);
    return {
      ...given,
      image: await building,
      services: recipe.services,
      recipe: recipeKey(recipe),
      build: buildOf(recipe, instance.version ?? ''),
    };
  }

  identify(instance: Instance, given: EnvironmentSpec): Promise<BuiltIdentity | undefined> {
    if (given.image !== undefined) return Promise.resolve(undefined);
    try {
      const recipe = recipeOf(this.options.recipes, instance);
      return Promise.resolve(
        recipe && { image: recipeImageName(recipe), python: recipe.python, recipe: recipeKey(recipe) },
      );
    } catch (error) {
      if (error instanceof Unjudgeable) return Promise.resolve(NO_RECIPE);
      throw error;
    }
  }

  async #build(instance: Instance): Promise<string> {
    const recipe = recipeOf(this.options.recipes, instance);
    if (recipe === undefined) throw new Error(`no recipe for ${instance.repo}`);
    this.options.onBuild(nameOf(recipe));
    const tree = (directory: string) => this.options.treeOf(instance, directory);
    const { image, built } = await buildRecipeImage(this.docker, recipe, { ...this.options, tree });
    if (built) this.options.onBuilt(image);
    return image;
  }
}
