import { execa } from 'execa';
import pTimeout from 'p-timeout';
import { InfraError } from '../../../model/errors.js';
import type { ProcessEnd, ProcessLimits, SideProcess } from '../engine.js';
import { killMarked, killQuietly, MARK } from '../../../platform/marked-processes.js';
import { endOfExitCode } from '../process-end.js';
import { Tail } from '../tail.js';
import type { ControlGroup } from './control-group.js';

/** How long the end of standard error may take to arrive; a child that escaped may hold the pipe open. */
const STDERR_MS = 1000;

/** How to start a process of a local side. */
export interface LocalCommand {
  readonly argv: readonly string[];
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly limits: ProcessLimits;
  /** Text that no other process has in its environment. */
  readonly mark: string;
  /** Removed when the process has ended. */
  readonly group?: ControlGroup | undefined;
}

/** A process on this machine, in a process group of its own. */
export class LocalProcess implements SideProcess {
  readonly stdin;
  readonly stdout;
  readonly ended: Promise<ProcessEnd>;
  readonly #pid: number | undefined;
  readonly #mark: string;
  readonly #stderr: Tail;
  #timedOut = false;
  #abandoned = false;

  constructor({ argv, directory, env, limits, mark, group }: LocalCommand) {
    const [file = '', ...args] = argv;
    const subprocess = execa(file, args, {
      cwd: directory,
      extendEnv: false,
      env: { ...env, [MARK]: mark },
      detached: true,
      stdio: 'pipe',
      buffer: false,
      reject: false,
    });
    this.#pid = subprocess.pid;
    this.#mark = mark;
    this.stdin = subprocess.stdin;
    this.stdin.on('error', () => undefined); // who reads its output sees that the process is gone
    this.stdout = subprocess.stdout;
    this.#stderr = new Tail(subprocess.stderr, limits.outputBytes);
    const exited = new Promise<Pick<ProcessEnd, 'exitCode' | 'signal'>>((resolve) => {
      subprocess.once('exit', (code, signal) => {
        resolve(signal === null ? endOfExitCode(code) : { exitCode: null, signal });
      });
      if (subprocess.pid === undefined) resolve({ exitCode: 127, signal: null }); // it could not be started
    });
    this.ended = this.#end(exited, limits.seconds, group);
    this.ended.catch(() => undefined); // those who wait for it get the error
  }

  stderrTail(): string {
    return this.#stderr.text();
  }

  async kill(): Promise<void> {
    this.#signal();
    await this.ended.catch(() => undefined);
  }

  /** Kills it because its side is being closed: `ended` then rejects. */
  async abandon(): Promise<void> {
    this.#abandoned = true;
    await this.kill();
  }

  #signal(): void {
    if (this.#pid !== undefined) killQuietly(-this.#pid);
  }

  async #end(
    exited: Promise<Pick<ProcessEnd, 'exitCode' | 'signal'>>,
    seconds: number | undefined,
    group: ControlGroup | undefined,
  ): Promise<ProcessEnd> {
    const timer =
      seconds === undefined
        ? undefined
        : setTimeout(() => {
            this.#timedOut = true;
            this.#signal();
          }, seconds * 1000);
    const { exitCode, signal } = await exited;
    clearTimeout(timer);
    this.#signal(); // what is left of its group
    await killMarked(this.#mark);
    await pTimeout(this.#stderr.finished, { milliseconds: STDERR_MS, message: false });
    const outOfMemory = (await group?.hadOutOfMemory()) ?? false;
    await group?.remove();
    if (this.#abandoned) throw new InfraError('side-closed', 'the side was closed while a process ran on it');
    return { exitCode, signal, timedOut: this.#timedOut, outOfMemory };
  }
}
