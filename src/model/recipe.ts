import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { testRunnerSchema } from './instance.js';

const texts = z.array(z.string().min(1));

const recipeSchema = z.strictObject({
  /** Versions of the project, as the rows of a benchmark name them, that share this environment. */
  versions: texts.min(1),
  /** Minor version of Python: `3.9`. */
  python: z.string().regex(/^3\.\d+$/, "must be a minor version of Python, such as '3.9'"),
  /** Requirements for pip. */
  packages: texts,
  /** Debian packages that an image needs besides. */
  apt: texts.default([]),
  /**
   * Commands that build the project at its root. Where there are any, the project has compiled parts: it runs
   * in an image that was built with it, and not from its tree alone.
   */
  build: texts.default([]),
});

/** A file of recipes, all for one repository. */
export const recipeFileSchema = z.strictObject({
  /** `owner/name`. */
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'must be of the form owner/name'),
  runner: testRunnerSchema,
  recipes: z.array(recipeSchema),
});

/** How to make the environment that the versions of a project run in. The project itself is not part of it. */
export type EnvironmentRecipe = Immutable<
  Omit<z.infer<typeof recipeFileSchema>, 'recipes'> & z.infer<typeof recipeSchema>
>;
