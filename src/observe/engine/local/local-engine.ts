import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { InfraError } from '../../../model/errors.js';
import type { EnvironmentSpec } from '../../../model/instance.js';
import type { SideEnvironment } from '../../../model/recipe.js';
import type { SideTree } from '../../../model/side.js';
import { interpreterPaths } from './bubblewrap.js';
import type { Capacity, Engine, SideOptions } from '../engine.js';
import { askInterpreter, findInterpreter, type Interpreter } from '../interpreter.js';
import { once } from '../../../platform/once.js';
import { LocalSide, type SideSandbox } from './local-side.js';
import { isRoot, sandboxPowers } from './sandbox-powers.js';
import { requireReadable, SandboxUsers } from './sandbox-user.js';
import { copyProbe } from '../probe-directory.js';

export interface LocalEngineOptions {
  /** Command of the interpreter; takes precedence over what an environment says. */
  readonly python: string | undefined;
  readonly sandbox: 'bubblewrap' | 'none';
  /** Existing directory for the sides' scratch directories. */
  readonly workDirectory: string;
  readonly description: string;
}

/**
 * Runs sides as processes on this machine, on the trees where they are. With bubblewrap a side sees
 * the system's programs, its own tree and a scratch directory, and nothing else; every process finds the tree as it was made,
 * and a scratch directory of its own.
 */
export class LocalEngine implements Engine {
  readonly name = 'local';
  readonly description: string;
  readonly slowdown = 1;
  readonly capacity: Capacity = {
    processors: os.availableParallelism(),
    memoryBytes: os.totalmem(),
  };
  readonly #probe: () => Promise<string>;
  readonly #interpreters = new Map<string | undefined, Promise<Interpreter>>();
  readonly #sides = new Set<LocalSide>();
  readonly #users = new SandboxUsers();
  #disposed = false;

  constructor(private readonly options: LocalEngineOptions) {
    this.description = options.description;
    this.#probe = once(() => copyProbe(options.workDirectory));
  }

  async identify(env: EnvironmentSpec): Promise<{ image: null; python: string }> {
    return { image: null, python: (await this.#interpreter(env)).version };
  }

  async fingerprint(env: EnvironmentSpec): Promise<string> {
    const { executable, version, installed } = await this.#interpreter(env);
    return JSON.stringify([this.name, this.options.sandbox, executable, version, installed]);
  }

  async requireUnchanged(env: EnvironmentSpec): Promise<void> {
    const { executable, version } = await this.#interpreter(env);
    const now = await askInterpreter(executable);
    if (now?.version === version) return;
    const what = now === undefined ? 'can no longer be run' : `has become Python ${now.version}`;
    throw new InfraError('python-gone', `${executable} ${what}: what was judged meanwhile does not count`);
  }

  async openSide(tree: SideTree, env: SideEnvironment, options: SideOptions = {}): Promise<LocalSide> {
    const interpreter = await this.#interpreter(env);
    const readable = await interpreterPaths(interpreter);
    const scratch = await mkdtemp(path.join(this.options.workDirectory, 'scratch-'));
    const view = { tree: tree.directory, probe: await this.#probe(), scratch, readable };
    const sandbox = await this.#sandbox(tree, scratch, readable, options);
    const side = new LocalSide(view, interpreter.executable, sandbox, env.services);
    this.#sides.add(side);
    if (!this.#disposed) return side;
    await side.dispose();
    throw new InfraError('engine-closed', 'the local engine is closed');
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([...this.#sides].map((side) => side.dispose()));
  }

  async #sandbox(
    tree: SideTree,
    scratch: string,
    readable: readonly string[],
    { keepsWrites = false }: SideOptions,
  ): Promise<SideSandbox | undefined> {
    if (this.options.sandbox === 'none') return undefined;
    const powers = await sandboxPowers();
    if (typeof powers === 'string') throw new InfraError('sandbox-missing', powers);
    const { plan, hierarchies, filter } = powers;
    if (plan.staged && isRoot()) await requireReadable(readable);
    const owner = plan.staged && isRoot() ? await this.#users.owning(tree.directory) : undefined;
    if (filter === undefined) return { plan, hierarchies, keepsWrites, owner, filter };
    const file = path.join(scratch, 'system-calls.bpf');
    await writeFile(file, filter);
    return { plan, hierarchies, keepsWrites, owner, filter: file };
  }

  #interpreter(env: EnvironmentSpec): Promise<Interpreter> {
    const command = this.options.python ?? env.python;
    const known = this.#interpreters.get(command) ?? findInterpreter(command);
    this.#interpreters.set(command, known);
    return known;
  }
}
