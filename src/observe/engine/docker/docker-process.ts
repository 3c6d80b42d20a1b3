import { setTimeout as delay } from 'node:timers/promises';
import pTimeout from 'p-timeout';
import { InfraError } from '../../../model/errors.js';
import type { ContainerProcess, SideContainer } from './containers.js';
import type { ProcessEnd, ProcessLimits, SideProcess } from '../engine.js';
import { MARK } from '../../../platform/marked-processes.js';
import { endOfExitCode } from '../process-end.js';
import { Tail } from '../tail.js';

/** How long a killed process may take to end before its container is removed. */
const KILL_MS = 5000;
const SIGKILLED = 137;

/** How to start a process of a Docker side. */
export interface DockerCommand {
  readonly argv: readonly string[];
  readonly directory: string;
  readonly user: number;
  readonly env: Readonly<Record<string, string>>;
  readonly limits: Pick<ProcessLimits, 'seconds' | 'outputBytes'>;
  /** Text that no other process of the container has in its environment. */
  readonly mark: string;
}

/** A process in the container of a side. */
export class DockerProcess implements SideProcess {
  readonly stdin;
  readonly stdout;
  readonly ended: Promise<ProcessEnd>;
  readonly #stderr: Tail;
  #timedOut = false;
  #abandoned = false;

  private constructor(
    private readonly container: SideContainer,
    private readonly process: ContainerProcess,
    private readonly mark: string,
    { seconds, outputBytes }: DockerCommand['limits'],
  ) {
    this.stdin = process.connection;
    this.stdout = process.stdout;
    this.#stderr = new Tail(process.stderr, outputBytes);
    this.ended = this.#end(seconds);
    this.ended.catch(() => undefined); // those who wait for it get the error
  }

  /** @throws InfraError `container-failed` */
  static async start(container: SideContainer, command: DockerCommand): Promise<DockerProcess> {
    const { argv, directory, env, limits, mark } = command;
    const process = await container.exec(argv, {
      env: { ...env, [MARK]: mark },
      directory,
      user: command.user,
    });
    return new DockerProcess(container, process, mark, limits);
  }

  stderrTail(): string {
    return this.#stderr.text();
  }

  async kill(): Promise<void> {
    this.process.release();
    const ended = this.ended.then(
      () => undefined,
      () => undefined,
    );
    await this.#sweep();
    await pTimeout(ended, { milliseconds: KILL_MS, fallback: () => this.container.remove() });
    await ended;
  }

  /** Tells it that its side is being closed: `ended` rejects when the container is removed. */
  abandon(): void {
    this.#abandoned = true;
  }

  async #end(seconds: number | undefined): Promise<ProcessEnd> {
    const timer =
      seconds === undefined
        ? undefined
        : setTimeout(() => {
            this.#timedOut = true;
            this.kill().catch(() => undefined); // Docker is gone then, and its process too
          }, seconds * 1000);
    await this.process.ended;
    clearTimeout(timer);
    const code = await this.#exitCode();
    if (this.#abandoned) throw new InfraError('side-closed', 'the side was closed while a process ran on it');
    const outOfMemory = code === SIGKILLED && !this.#timedOut && (await this.#ranOutOfMemory());
    return { ...endOfExitCode(code), timedOut: this.#timedOut, outOfMemory };
  }

  /** Null when the container was removed. */
  async #exitCode(): Promise<number | null> {
    try {
      for (let round = 0; round < 20 && (await this.process.exec.inspect()).Running; round++) await delay(50);
      await this.container.sweep(this.mark);
      return (await this.process.exec.inspect()).ExitCode;
    } catch {
      return null;
    }
  }

  async #sweep(): Promise<void> {
    await this.container.sweep(this.mark).catch(() => undefined); // a container that was removed has no process left
  }

  async #ranOutOfMemory(): Promise<boolean> {
    return this.container.hadOutOfMemory().catch(() => false);
  }
}
