import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InfraError } from '../../../model/errors.js';
import type { Service } from '../../../model/recipe.js';
import { bubblewrapCommand, SANDBOX, type SandboxView } from './bubblewrap.js';
import type { ProcessLimits, Side } from '../engine.js';
import { limitedCommand } from '../limited-command.js';
import { markOf } from '../../../platform/marked-processes.js';
import { LocalProcess } from './local-process.js';
import { removeDirectory } from '../../../platform/remove-directory.js';

/** A side on this machine: in a sandbox of its own, or as plain processes. */
export class LocalSide implements Side {
  readonly root: string;
  readonly probe: string;
  readonly scratch: string;
  readonly #processes = new Set<LocalProcess>();
  #started = 0;
  #disposed: Promise<void> | undefined;

  /** @param view the side's directories on this machine; `scratch` is removed with the side */
  constructor(
    private readonly view: SandboxView,
    readonly python: string,
    private readonly sandboxed: boolean,
    readonly services: readonly Service[] = [],
  ) {
    this.root = sandboxed ? SANDBOX.root : view.tree;
    this.probe = sandboxed ? SANDBOX.probe : view.probe;
    this.scratch = sandboxed ? SANDBOX.scratch : view.scratch;
  }

  async start(
    argv: readonly string[],
    { env, limits }: { readonly env: Readonly<Record<string, string>>; readonly limits: ProcessLimits },
  ): Promise<LocalProcess> {
    const command = await this.#command(argv, limits);
    if (this.#disposed) throw new InfraError('side-closed', 'the side is closed');
    const process = new LocalProcess({
      argv: command,
      directory: this.view.scratch,
      env: { ...this.#environment(), ...env },
      limits,
      mark: markOf(this.view.scratch, this.#started++),
    });
    this.#processes.add(process);
    const forget = () => this.#processes.delete(process);
    process.ended.then(forget, forget);
    return process;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    await Promise.all([...this.#processes].map((process) => process.abandon()));
    await removeDirectory(this.view.scratch);
  }

  async #command(argv: readonly string[], limits: ProcessLimits): Promise<string[]> {
    if (!this.sandboxed) return limitedCommand(argv, limits);
    // Older kernels count all processes of the user, not only those of the sandbox.
    const others = await tasksOfMachine();
    return bubblewrapCommand(this.view, limitedCommand(argv, limits, limits.processes + others));
  }

  #environment(): Record<string, string> {
    const system = this.sandboxed ? '/usr/local/bin:/usr/bin:/bin' : (process.env['PATH'] ?? '');
    const search = `${path.dirname(this.python)}:${system}`;
    return { PATH: search, LANG: 'C.UTF-8', HOME: this.scratch, TMPDIR: this.scratch };
  }
}

async function tasksOfMachine(): Promise<number> {
  const load = await readFile('/proc/loadavg', 'utf8'); // 0.10 0.05 0.01 1/234 5678
  return Number(/\/(\d+)/.exec(load)?.[1]);
}
