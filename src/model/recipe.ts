import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { testRunnerSchema, type EnvironmentSpec } from './instance.js';

const texts = z.array(z.string().min(1));

/** A port that the probe chooses, in the texts of a service. */
const PORT = '{port}';

const serviceSchema = z.strictObject({
  name: z.string().min(1),
  /** Program and arguments; `python` is the environment's, `{port}` the port of the loopback to listen on. */
  command: texts.min(1).refine((words) => words.some((word) => word.includes(PORT)), `must hold ${PORT}`),
  /** Environment variables of the code under test, in which `{port}` stands for that port, too. */
  env: z.record(z.string().regex(/^[A-Za-z_]\w*$/, 'must be the name of a variable'), z.string()).default({}),
  /** How long it may take until it accepts connections. */
  seconds: z.number().positive().default(60),
});

/**
 * A server that the code under test may talk to. The probe starts it inside the sandbox of a side, on the loopback
 * there, and ends it with itself.
 */
export type Service = Immutable<z.infer<typeof serviceSchema>>;

const recipeSchema = z.strictObject({
  /** Versions of the project, as the rows of a benchmark name them, that share this environment. */
  versions: texts.min(1),
  /** Minor version of Python: `3.9`. */
  python: z.string().regex(/^3\.\d+$/, "must be a minor version of Python, such as '3.9'"),
  /** Requirements for pip. */
  packages: texts,
  /** Python modules beside the recipes, by their path, that the environment gets in addition. */
  modules: z
    .array(z.string().regex(/^[\w.-]+(\/[\w.-]+)*\.py$/, 'must be the path of a Python file'))
    .default([]),
  services: z.array(serviceSchema).default([]),
  /** Debian packages that an image needs besides. */
  apt: texts.default([]),
  /**
   * Commands that build the project at its root, in place: they leave the modules beside the sources, and write nowhere
   * else. Where there are any, the project has compiled parts.
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

/** A Python module of a recipe. */
export interface RecipeModule {
  /** Name of its file in the environment: `local_httpbin.py`. */
  readonly name: string;
  readonly source: string;
}

/** How to make the environment that the versions of a project run in. The project itself is not part of it. */
export type EnvironmentRecipe = Immutable<
  Omit<z.infer<typeof recipeFileSchema>, 'recipes'> &
    Omit<z.infer<typeof recipeSchema>, 'modules'> & { modules: RecipeModule[] }
>;

/** How to build the compiled parts of a project in its tree. */
export interface ProjectBuild {
  /** Commands of a shell, at the root of the tree; they write nowhere else. */
  readonly commands: readonly string[];
  /** The version that setuptools_scm would have read from the history: `1.3.0`. */
  readonly version: string;
  /** The project and its version, for messages. */
  readonly name: string;
  /** Debian packages that its image has for it. */
  readonly apt: readonly string[];
}

/** An environment that a side can be opened in. */
export interface SideEnvironment extends EnvironmentSpec {
  /** SHA-256 of the recipe that it was built from; absent where it is as given. */
  readonly recipe?: string | undefined;
  readonly services?: readonly Service[] | undefined;
  /** Absent where the project has no compiled parts. */
  readonly build?: ProjectBuild | undefined;
}
