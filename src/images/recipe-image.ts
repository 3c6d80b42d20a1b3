import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type Docker from 'dockerode';
import { packBuildContext } from '../observe/engine/docker/archive.js';
import { reasonOf } from '../observe/engine/docker/docker-connection.js';
import { withDockerRoom } from '../observe/engine/docker/docker-room.js';
import { removeImage } from './own-images.js';
import { isPresent } from '../observe/engine/docker/images.js';
import { IMAGE_LABELS } from '../observe/engine/docker/labels.js';
import { fullVersion, nameOf, recipeKey } from '../environments/recipes.js';
import { InfraError } from '../model/errors.js';
import type { EnvironmentRecipe } from '../model/recipe.js';

const CONTAINERS = fileURLToPath(new URL('../../containers', import.meta.url));
/** Last lines of a build's output that an error message shows. */
const REASON_LINES = 4;

/** How images of recipes are built. */
export interface BuildOptions {
  /** Image to start from, `{python}` standing for the recipe's version: `python:{python}-slim`. */
  readonly baseImage: string;
  /** Network of the build, as `docker build --network` names it. */
  readonly network?: string | undefined;
  /**
   * Writes the project's tree below a directory and returns its path; called only where the project is built
   * with the image.
   */
  readonly tree: (directory: string) => Promise<string>;
  /** Existing directory for scratch files. */
  readonly workDirectory: string;
  readonly signal: AbortSignal;
}

export const DEFAULT_BASE_IMAGE = 'python:{python}-slim';

/** Name of the image of a recipe: the same for the same recipe, and one that no registry has. */
export function recipeImageName(recipe: EnvironmentRecipe): string {
  const repository = recipe.repository
    .toLowerCase()
    .replace('/', '__')
    .replaceAll(/[^a-z0-9_-]+/g, '-');
  return `patchdiff-env/${repository}:${recipeKey(recipe).slice(0, 12)}`;
}

/**
 * Builds the image of a recipe, unless this machine has it: one image for all instances that share the recipe.
 * @throws InfraError `image-build-failed`, `disk-full`
 */
export async function buildRecipeImage(
  docker: Docker,
  recipe: EnvironmentRecipe,
  options: BuildOptions,
): Promise<{ readonly image: string; readonly built: boolean }> {
  const image = recipeImageName(recipe);
  if (await isPresent(docker, image)) return { image, built: false };
  const scratch = await mkdtemp(path.join(options.workDirectory, 'image-'));
  try {
    const packages = recipe.build.length === 0 ? image : `${image}-packages`;
    const args = {
      BASE_IMAGE: options.baseImage.replaceAll('{python}', recipe.python),
      APT_PACKAGES: recipe.apt.join(' '),
      PIP_PACKAGES: recipe.packages.join(' '),
      MODULES: recipe.modules
        .map(({ name, source }) => `${name} ${Buffer.from(source).toString('base64')}`)
        .join('\n'),
    };
    const labels = labelsOf(recipe);
    await build(docker, recipe, options, { image: packages, dockerfile: 'python.Dockerfile', args, labels });
    if (packages !== image) {
      const compiled = {
        PACKAGES_IMAGE: packages,
        VERSION: fullVersion(recipe.versions.at(-1) ?? ''),
        BUILD: recipe.build.join('\n'),
      };
      const tree = await options.tree(scratch);
      try {
        await build(docker, recipe, options, {
          image,
          dockerfile: 'compiled.Dockerfile',
          args: compiled,
          labels,
          tree,
        });
      } finally {
        await removeImage(docker, packages); // its layers are part of the image, or useless after a failure
      }
    }
    return { image, built: true };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const labelsOf = (recipe: EnvironmentRecipe): Record<string, string> => ({
  [IMAGE_LABELS.kind]: 'environment',
  [IMAGE_LABELS.environment]: nameOf(recipe),
  [IMAGE_LABELS.recipe]: recipeKey(recipe),
});

interface Step {
  readonly image: string;
  readonly dockerfile: string;
  readonly args: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly tree?: string;
}

async function build(
  docker: Docker,
  recipe: EnvironmentRecipe,
  { network, signal }: BuildOptions,
  { image, dockerfile, args, labels, tree }: Step,
): Promise<void> {
  const said: string[] = [];
  const context = packBuildContext(path.join(CONTAINERS, dockerfile), tree);
  try {
    await withDockerRoom(docker, signal, async (abortSignal) => {
      const stream = await docker.buildImage(context, {
        t: image,
        dockerfile: 'Dockerfile',
        buildargs: { ...args },
        labels: { ...labels },
        forcerm: true,
        abortSignal,
        ...(network === undefined ? {} : { networkmode: network }),
      });
      await finished(docker, stream, said);
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof InfraError) throw error;
    const reason = [...said.slice(-REASON_LINES), reasonOf(error)].join(' | ');
    throw new InfraError('image-build-failed', `the image of ${nameOf(recipe)} cannot be built: ${reason}`, {
      cause: error,
      hint: 'Builds need a base image (--base-image), and a package index that they can reach (--network host).',
    });
  }
}

/** Reads the output of a build to its end; rejects with the reason of a failure. */
function finished(docker: Docker, stream: NodeJS.ReadableStream, said: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error, output: readonly { error?: string }[] | null) => {
        const failure = error?.message ?? output?.find((line) => line.error)?.error;
        if (failure === undefined) resolve();
        else reject(new Error(failure));
      },
      ({ stream: text }: { stream?: string }) => {
        if (text?.trim()) said.push(text.trim().replaceAll(/\s*\n\s*/g, ' '));
      },
    );
  });
}
