import type { TestRunner } from './instance.js';

/** How to make the environment that the versions of a project run in. The project itself is not part of it. */
export interface EnvironmentRecipe {
  /** `owner/name`. */
  readonly repository: string;
  /** Versions of the project, as the rows of a benchmark name them, that share this environment. */
  readonly versions: readonly string[];
  /** Minor version of Python: `3.9`. */
  readonly python: string;
  /** Requirements for pip. */
  readonly packages: readonly string[];
  /** Debian packages that an image needs besides. */
  readonly apt: readonly string[];
  /**
   * Commands that build the project at its root. Where there are any, the project has compiled parts: it runs
   * in an image that was built with it, and not from its tree alone.
   */
  readonly build: readonly string[];
  readonly runner: TestRunner;
}
