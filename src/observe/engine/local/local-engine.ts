import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { InfraError } from '../../../model/errors.js';
import type { EnvironmentSpec } from '../../../model/instance.js';
import type { SideEnvironment } from '../../../model/recipe.js';
import type { SideTree } from '../../../model/side.js';
import { interpreterPaths } from './bubblewrap.js';
import type { Capacity, Engine } from '../engine.js';
import { findInterpreter, type Interpreter } from '../interpreter.js';
import { once } from '../../../platform/once.js';
import { LocalSide } from './local-side.js';
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
 * the system's programs, its own tree and its scratch directory, and nothing else.
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

  async openSide(tree: SideTree, env: SideEnvironment): Promise<LocalSide> {
    const interpreter = await this.#interpreter(env);
    const readable = await interpreterPaths(interpreter);
    const scratch = await mkdtemp(path.join(this.options.workDirectory, 'scratch-'));
    const view = { tree: tree.directory, probe: await this.#probe(), scratch, readable };
    const sandboxed = this.options.sandbox === 'bubblewrap';
    const side = new LocalSide(view, interpreter.executable, sandboxed, env.services);
    this.#sides.add(side);
    if (!this.#disposed) return side;
    await side.dispose();
    throw new InfraError('engine-closed', 'the local engine is closed');
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([...this.#sides].map((side) => side.dispose()));
  }

  #interpreter(env: EnvironmentSpec): Promise<Interpreter> {
    const command = this.options.python ?? env.python;
    const known = this.#interpreters.get(command) ?? findInterpreter(command);
    this.#interpreters.set(command, known);
    return known;
  }
}
