import { Unjudgeable } from '../model/unjudgeable.js';
import { UserError } from '../model/errors.js';
import type { EnvironmentSpec, Instance } from '../model/instance.js';
import type { EnvironmentRecipe, SideEnvironment } from '../model/recipe.js';
import { NO_RECIPE, recipeOf, type BuiltEnvironments, type BuiltIdentity } from './built-environments.js';
import { findPython } from './find-python.js';
import { buildOf, nameOf, recipeKey, type Recipes } from './recipes.js';
import { virtualEnvironment } from './virtual-environment.js';

export interface VirtualEnvironmentsOptions {
  readonly recipes: Recipes;
  /** Where environments are kept between runs. */
  readonly cacheDirectory: string;
  readonly signal: AbortSignal;
  /** Called with the name of each environment that is built. */
  readonly onBuild: (name: string) => void;
}

/** Gives instances the virtual environments of their recipes, each built once, when first needed. */
export class VirtualEnvironments implements BuiltEnvironments {
  readonly #built = new Map<string, Promise<string>>();

  constructor(private readonly options: VirtualEnvironmentsOptions) {}

  async environmentOf(instance: Instance, given: EnvironmentSpec): Promise<SideEnvironment> {
    if (given.python !== undefined) return given;
    const recipe = recipeOf(this.options.recipes, instance);
    if (recipe === undefined) return given;
    try {
      return {
        ...given,
        python: await this.#build(recipe),
        recipe: recipeKey(recipe),
        services: recipe.services,
        build: buildOf(recipe, instance.version ?? ''),
      };
    } catch (error) {
      if (error instanceof UserError) throw broken(instance, `${error.message}. ${error.hint ?? ''}`);
      throw error;
    }
  }

  async identify(instance: Instance, given: EnvironmentSpec): Promise<BuiltIdentity | undefined> {
    if (given.python !== undefined) return undefined;
    try {
      const recipe = recipeOf(this.options.recipes, instance);
      if (recipe === undefined) return undefined;
      const base = await findPython(recipe.python);
      return { image: null, python: base?.version ?? 'unknown', recipe: recipeKey(recipe) };
    } catch (error) {
      if (error instanceof Unjudgeable) return NO_RECIPE;
      throw error;
    }
  }

  #build(recipe: EnvironmentRecipe): Promise<string> {
    const { cacheDirectory, signal, onBuild } = this.options;
    const key = recipeKey(recipe);
    const known =
      this.#built.get(key) ??
      virtualEnvironment(recipe, cacheDirectory, signal, () => {
        onBuild(nameOf(recipe));
      });
    this.#built.set(key, known);
    return known;
  }
}

const broken = ({ repo, version = '' }: Instance, reason: string): Unjudgeable =>
  new Unjudgeable('environment-broken', `${repo} ${version}: ${reason}`);
