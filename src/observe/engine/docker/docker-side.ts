import { InfraError } from '../../../model/errors.js';
import type { Service } from '../../../model/recipe.js';
import { PLACES, UNPRIVILEGED, type SideContainer } from './containers.js';
import { DockerProcess } from './docker-process.js';
import type { FilledContainer } from './docker-fill.js';
import type { Side, StartOptions } from '../engine.js';
import { limitedCommand } from '../limited-command.js';

/** git works in no repository of another user, and an image's belongs to root. */
const TRUST_REPOSITORY = {
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
};

/** A side in a container of its own. A container that got lost is replaced before the next process starts. */
export class DockerSide implements Side {
  readonly root: string;
  readonly probe = PLACES.probe;
  readonly scratch = PLACES.scratch;
  readonly python: string;
  readonly #processes = new Set<DockerProcess>();
  readonly #path: string;
  /** Who the files of the tree belong to. */
  readonly #owner: number;
  readonly #git: Readonly<Record<string, string>>;
  #current: Promise<SideContainer>;
  #started = 0;
  #disposed: Promise<void> | undefined;

  constructor(
    { container, survey, root }: FilledContainer,
    private readonly replace: () => Promise<FilledContainer>,
    readonly services: readonly Service[] = [],
  ) {
    this.#current = Promise.resolve(container);
    this.root = root;
    this.python = survey.python;
    this.#path = survey.path;
    const holdsTree = survey.repository !== undefined;
    this.#owner = holdsTree ? 0 : UNPRIVILEGED;
    this.#git = holdsTree ? TRUST_REPOSITORY : {};
  }

  async start(
    argv: readonly string[],
    { env, limits, asOwner = false }: StartOptions,
  ): Promise<DockerProcess> {
    const container = await this.#living();
    const process = await DockerProcess.start(container, {
      argv: limitedCommand(argv, limits),
      directory: this.scratch,
      user: asOwner ? this.#owner : UNPRIVILEGED,
      env: {
        PATH: this.#path,
        LANG: 'C.UTF-8',
        HOME: this.scratch,
        TMPDIR: this.scratch,
        ...this.#git,
        ...env,
      },
      limits,
      mark: String(this.#started++),
    });
    this.#processes.add(process);
    const forget = () => this.#processes.delete(process);
    process.ended.then(forget, forget);
    if (this.#disposed) process.abandon();
    return process;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    for (const process of this.#processes) process.abandon();
    const container = await this.#current.catch(() => undefined); // it could not be replaced
    await container?.remove();
  }

  async #living(): Promise<SideContainer> {
    if (this.#disposed) throw new InfraError('side-closed', 'the side is closed');
    const container = await this.#current;
    if (!(await container.isRunning())) {
      this.#current = this.replace().then((filled) => filled.container);
    }
    return this.#current;
  }
}
