import type Docker from 'dockerode';
import { InfraError, UserError } from '../../../model/errors.js';
import type { EnvironmentSpec } from '../../../model/instance.js';
import type { SideEnvironment } from '../../../model/recipe.js';
import type { SideTree } from '../../../model/side.js';
import { SideContainer } from './containers.js';
import { fillContainer } from './docker-fill.js';
import { DockerSide } from './docker-side.js';
import { survey, type ImageSurvey } from './docker-survey.js';
import type { Capacity, Engine } from '../engine.js';
import { digestOf, ensureImage, slowdownOf } from './images.js';
import { hasStatus } from './docker-connection.js';
import { labelsOf, removeLeftovers } from './labels.js';

export interface DockerEngineOptions {
  /** Command of the interpreter inside images; takes precedence over what an environment says. */
  readonly python: string | undefined;
  readonly runId: string;
  readonly description: string;
  /** Images that the run may use. */
  readonly images: readonly string[];
  /** Memory of each side. */
  readonly memoryMb?: number;
}

const MEMORY_MB = 6144;
const CPUS = 2;
const PROCESSES = 512;

/** Runs each side in a container of its own: no network, no capabilities, limited memory, processors, processes. */
export class DockerEngine implements Engine {
  readonly name = 'docker';
  readonly description: string;
  readonly #sides = new Set<DockerSide>();
  /** Containers, also those that are still being started. */
  readonly #containers = new Set<Promise<SideContainer>>();
  readonly #identities = new Map<string, Promise<{ image: string; python: string }>>();
  /** Images that this engine pulled or that were built for it. */
  readonly #brought = new Set<string>();
  /** Images that are known to hold no tree. */
  readonly #withoutTree = new Set<string>();
  readonly #closing = new AbortController();

  private constructor(
    private readonly docker: Docker,
    private readonly options: DockerEngineOptions,
    readonly capacity: Capacity,
    readonly slowdown: number,
  ) {
    const longer =
      slowdown > 1 ? `; its images run emulated, so that time limits are ${slowdown} times as long` : '';
    this.description = options.description + longer;
  }

  /** Removes what an earlier process of the same run left behind. */
  static async open(docker: Docker, options: DockerEngineOptions): Promise<DockerEngine> {
    await removeLeftovers(docker, options.runId);
    const { NCPU, MemTotal, Architecture } = (await docker.info()) as {
      NCPU: number;
      MemTotal: number;
      Architecture: string;
    };
    const capacity = { processors: NCPU, memoryBytes: MemTotal };
    return new DockerEngine(docker, options, capacity, slowdownOf(Architecture, options.images));
  }

  identify(env: EnvironmentSpec): Promise<{ readonly image: string; readonly python: string }> {
    const key = JSON.stringify([env.image, env.python]);
    const known = this.#identities.get(key) ?? this.#identify(env);
    this.#identities.set(key, known);
    return known;
  }

  async fingerprint(env: EnvironmentSpec): Promise<string> {
    const { image, python } = await this.identify(env);
    return JSON.stringify([this.name, image, env.workdir, this.options.python ?? env.python, python]);
  }

  async openSide(tree: SideTree, env: SideEnvironment): Promise<DockerSide> {
    await this.identify(env); // and so whether the image holds a tree
    const fill = () =>
      this.#inContainer(env, tree.side, (container, facts) => fillContainer(container, facts, tree));
    const side = new DockerSide(await fill(), fill, env.services);
    this.#sides.add(side);
    if (this.#closing.signal.aborted) await side.dispose();
    return side;
  }

  /** Records that an image was built for this engine, which may then drop it. */
  bring(image: string): void {
    this.#brought.add(image);
  }

  async dropImage(name: string): Promise<void> {
    if (!this.#brought.has(name)) return;
    await this.docker
      .getImage(name)
      .remove()
      .catch((error: unknown) => {
        if (!hasStatus(error, 404, 409)) throw error; // gone, or in use
      });
    this.#brought.delete(name);
  }

  async dispose(): Promise<void> {
    this.#closing.abort();
    // A container that Docker refuses to remove ends with this process.
    await Promise.allSettled([...this.#sides].map((side) => side.dispose()));
    await Promise.allSettled(
      [...this.#containers].map(async (starting) => {
        const container = await starting.catch(() => undefined); // it never came to be
        await container?.remove();
      }),
    );
  }

  #identify(env: EnvironmentSpec): Promise<{ readonly image: string; readonly python: string }> {
    return this.#inContainer(env, 'identify', async (container, { version }) => {
      await container.remove();
      return { image: await digestOf(this.docker, imageOf(env)), python: version };
    });
  }

  /** Starts a container and surveys it; it is removed when that or `use` fails. */
  async #inContainer<T>(
    env: EnvironmentSpec,
    name: string,
    use: (container: SideContainer, facts: ImageSurvey) => Promise<T>,
  ): Promise<T> {
    const { runId, memoryMb = MEMORY_MB, python } = this.options;
    const image = imageOf(env);
    const had = await ensureImage(this.docker, image, this.#closing.signal).finally(() => {
      this.#requireOpen();
    });
    if (had === 'pulled') this.#brought.add(image);
    const starting = SideContainer.start(this.docker, {
      image,
      name: `patchdiff-${runId.replaceAll(/[^\w.-]/g, '_')}-${name}`,
      labels: labelsOf(runId),
      memoryMb,
      cpus: Math.min(CPUS, this.capacity.processors),
      processes: PROCESSES,
      withoutTree: this.#withoutTree.has(image),
    });
    this.#containers.add(starting);
    const container = await starting;
    try {
      const facts = await survey(container, python === undefined ? env : { ...env, python });
      if (facts.repository === undefined) this.#withoutTree.add(image);
      return await use(container, facts);
    } catch (error) {
      await container.remove();
      this.#requireOpen();
      throw error;
    }
  }

  #requireOpen(): void {
    if (this.#closing.signal.aborted) throw new InfraError('engine-closed', 'the Docker engine is closed');
  }
}

function imageOf({ image }: EnvironmentSpec): string {
  if (image !== undefined) return image;
  throw new UserError(
    'image-unknown',
    'no Docker image is known for an instance',
    'Name one with --image or in the row.',
  );
}
