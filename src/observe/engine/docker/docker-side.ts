import { InfraError } from '../../../model/errors.js';
import type { Service } from '../../../model/recipe.js';
import type { SideContainer } from './containers.js';
import { DockerProcess } from './docker-process.js';
import { PLACES, type FilledContainer } from './docker-fill.js';
import type { ProcessLimits, Side } from '../engine.js';
import { limitedCommand } from '../limited-command.js';

/** A side in a container of its own. A container that got lost is replaced before the next process starts. */
export class DockerSide implements Side {
  readonly root: string;
  readonly probe = `/${PLACES.probe}`;
  readonly scratch = `/${PLACES.scratch}`;
  readonly python: string;
  readonly #processes = new Set<DockerProcess>();
  readonly #path: string;
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
  }

  async start(
    argv: readonly string[],
    { env, limits }: { readonly env: Readonly<Record<string, string>>; readonly limits: ProcessLimits },
  ): Promise<DockerProcess> {
    const container = await this.#living();
    const process = await DockerProcess.start(container, {
      argv: limitedCommand(argv, limits),
      directory: this.scratch,
      env: { PATH: this.#path, LANG: 'C.UTF-8', HOME: this.scratch, TMPDIR: this.scratch, ...env },
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
