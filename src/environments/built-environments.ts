import { Unjudgeable } from '../model/unjudgeable.js';
import type { EnvironmentSpec, Instance } from '../model/instance.js';
import type { EnvironmentRecipe, SideEnvironment } from '../model/recipe.js';
import type { Recipes } from './recipes.js';

/** What the report records of an environment that is built. */
export interface BuiltIdentity {
  readonly image: string | null;
  readonly python: string;
  /** SHA-256 of the recipe. */
  readonly recipe: string;
}

/** Environments made from recipes: virtual environments for the local engine, images for Docker. */
export interface BuiltEnvironments {
  /**
   * The environment of an instance, which is built where it does not exist yet. As `given` where the row or the
   * user names an interpreter or an image, or the repository has no recipes at all.
   *
   * @throws Unjudgeable when the recipe cannot be followed here, InfraError when the building fails
   */
  environmentOf(instance: Instance, given: EnvironmentSpec): Promise<SideEnvironment>;
  /** Its identity, without building it; undefined where it is as given. */
  identify(instance: Instance, given: EnvironmentSpec): Promise<BuiltIdentity | undefined>;
}

/**
 * The recipe of an instance; undefined when its repository has none at all.
 * @throws Unjudgeable when other versions of the repository have one
 */
export function recipeOf(recipes: Recipes, { repo, version }: Instance): EnvironmentRecipe | undefined {
  const known = recipes.versions(repo);
  if (known.length === 0) return undefined;
  const recipe = recipes.find(repo, version);
  if (recipe) return recipe;
  throw new Unjudgeable(
    'environment-broken',
    `there is no environment recipe for ${repo} ${version ?? 'without a version'}, only for ${known.join(', ')}`,
  );
}

/** The identity where a version has no recipe. */
export const NO_RECIPE: BuiltIdentity = { image: null, python: 'unknown', recipe: 'none' };
