import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { InfraError } from '../../../model/errors.js';
import type { Service } from '../../../model/recipe.js';
import { SANDBOX, sandboxCommand, type SandboxRequest, type SandboxView } from './bubblewrap.js';
import { ControlGroup } from './control-group.js';
import type { SandboxPowers } from './sandbox-powers.js';
import type { ProcessLimits, Side, StartOptions } from '../engine.js';
import { limitedCommand } from '../limited-command.js';
import { markOf } from '../../../platform/marked-processes.js';
import { LocalProcess } from './local-process.js';
import { requireFolder } from '../../../platform/disk-error.js';
import { removeDirectory } from '../../../platform/remove-directory.js';

/** How the processes of a side are sandboxed. */
export interface SideSandbox
  extends
    Pick<SandboxRequest, 'keepsWrites' | 'owner' | 'filter'>,
    Pick<SandboxPowers, 'plan' | 'hierarchies'> {}

/** A side on this machine: in sandboxes of its own, or as plain processes. */
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
    private readonly sandbox: SideSandbox | undefined,
    readonly services: readonly Service[] = [],
  ) {
    this.root = sandbox ? SANDBOX.root : view.tree;
    this.probe = sandbox ? SANDBOX.probe : view.probe;
    this.scratch = sandbox ? SANDBOX.scratch : view.scratch;
  }

  async start(argv: readonly string[], { env, limits }: StartOptions): Promise<LocalProcess> {
    const group = await this.#group(limits);
    const command = await this.#command(argv, limits, group);
    if (this.#disposed) {
      await group?.remove();
      throw new InfraError('side-closed', 'the side is closed');
    }
    for (const folder of [this.view.tree, this.view.scratch]) requireFolder(folder);
    const process = new LocalProcess({
      argv: command,
      directory: this.view.scratch,
      env: { ...this.#environment(), ...env },
      limits,
      mark: markOf(this.view.scratch, this.#started++),
      group,
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

  async #group(limits: ProcessLimits): Promise<ControlGroup | undefined> {
    const hierarchies = this.sandbox?.hierarchies ?? [];
    return hierarchies.length === 0
      ? undefined
      : ControlGroup.make(hierarchies, limits).catch(() => undefined);
  }

  async #command(
    argv: readonly string[],
    limits: ProcessLimits,
    group: ControlGroup | undefined,
  ): Promise<string[]> {
    if (!this.sandbox) return limitedCommand(argv, limits);
    const { plan, keepsWrites, owner, filter } = this.sandbox;
    // Where the limit is not that of a user of its own, it counts what else the user runs.
    const others = owner === undefined && !countsByNamespace() ? await tasksOfMachine() : 0;
    const request = { view: this.view, plan, keepsWrites, owner, filter, groups: group?.directories ?? [] };
    return sandboxCommand(request, limitedCommand(argv, limits, limits.processes + others));
  }

  #environment(): Record<string, string> {
    const system = this.sandbox ? '/usr/local/bin:/usr/bin:/bin' : (process.env['PATH'] ?? '');
    const search = `${path.dirname(this.python)}:${system}`;
    return { PATH: search, LANG: 'C.UTF-8', HOME: this.scratch, TMPDIR: this.scratch };
  }
}

/** Since Linux 5.14 a user namespace has its own count of a user's processes. */
function countsByNamespace(): boolean {
  const [major = 0, minor = 0] = os.release().split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 14);
}

async function tasksOfMachine(): Promise<number> {
  const load = await readFile('/proc/loadavg', 'utf8'); // 0.10 0.05 0.01 1/234 5678
  return Number(/\/(\d+)/.exec(load)?.[1]);
}
