import type { TimeLimit } from '../platform/budget.js';
import { withoutDurations } from '../compare/durations.js';
import type { Side } from './engine/engine.js';
import { packPrograms, programAlone } from '../inputs/program/programs.js';
import type { HostTest, Input, Program } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import type { Target } from '../model/target.js';
import { openProbe, type ObserveOptions, type ProbeSession, type VerifyResult } from './probe/session.js';
import { HASH_SEEDS } from '../model/options.js';

const LIMITS = { memoryMb: 4096, outputBytes: 65_536, valueBytes: 65_536 };
const SECONDS_PER_PROGRAM = 60;

/** What every probe of an instance is opened with. */
export interface ProbeSetup {
  readonly preload: readonly string[];
  /** Directories of the tree, relative to it, that imports start from. */
  readonly importRoots: readonly string[];
  readonly secondsPerInput: number;
}

/** What answers inputs that share children: a side, or one that can be stopped. */
export type Observes = Pick<SideProbes, 'observe'>;

type InputLimits = Omit<ObserveOptions, 'secondsPerProgram'>;

/** The probes of one side: one long-lived server for each hash seed, opened when first needed. */
export class SideProbes {
  readonly #sessions = new Map<number, Promise<ProbeSession>>();
  readonly #closed = new AbortController();

  constructor(
    readonly side: Side,
    private readonly setup: ProbeSetup,
    private readonly targets: readonly Target[],
  ) {}

  /** The session under one `PYTHONHASHSEED`. */
  session(hashSeed: number): Promise<ProbeSession> {
    const open = this.#sessions.get(hashSeed);
    if (open) return open;
    const options = {
      hashSeed,
      preload: this.setup.preload,
      path: this.setup.importRoots,
      targets: this.targets,
      limits: LIMITS,
    };
    const opening = openProbe(this.side, options, this.#closed.signal);
    this.#sessions.set(hashSeed, opening);
    return opening;
  }

  /** Begins to import what the inputs need, so that the first of them need not wait; a failure shows when it is asked. */
  warm(): void {
    this.session(HASH_SEEDS[0]).catch(() => undefined);
  }

  /** Observes inputs that share children; what the limit cut is absent from the result. */
  observe(
    inputs: readonly Input[],
    limit: TimeLimit,
    secondsPerInput = this.setup.secondsPerInput,
  ): Promise<Map<string, Observation>> {
    return this.#shared(inputs, { limit, secondsPerInput });
  }

  /** Observes as this does until the signal aborts, and then fails with the signal's reason. */
  until(signal: AbortSignal): Observes {
    return {
      observe: (inputs, limit, seconds) =>
        this.#shared(inputs, { limit, secondsPerInput: seconds ?? this.setup.secondsPerInput, signal }),
    };
  }

  /** Observes every input in a fork of its own, with nothing run before it but its own prefix. */
  async observeAlone(
    inputs: readonly Input[],
    hashSeed: number,
    limit: TimeLimit,
    secondsPerInput = this.setup.secondsPerInput,
  ): Promise<Map<string, Observation>> {
    return this.#run(inputs, inputs.map(programAlone), { hashSeed, limit, secondsPerInput });
  }

  /** Runs a differentiating test's source on this side, in the place of a host test where it needs its fixtures. */
  async verify(source: string, seconds: number, host?: HostTest): Promise<VerifyResult> {
    return (await this.session(HASH_SEEDS[0])).verify(source, seconds, host);
  }

  /** Ends every server, for good: one that still starts is given up, and one that failed to has nothing to end. */
  async close(): Promise<void> {
    this.#closed.abort();
    const sessions = await Promise.allSettled(this.#sessions.values());
    this.#sessions.clear();
    for (const result of sessions) {
      if (result.status === 'fulfilled') await result.value.close();
    }
  }

  #shared(inputs: readonly Input[], limits: InputLimits): Promise<Map<string, Observation>> {
    return this.#run(inputs, packPrograms(inputs), { hashSeed: HASH_SEEDS[0], ...limits });
  }

  async #run(
    inputs: readonly Input[],
    programs: readonly Program[],
    { hashSeed, ...limits }: InputLimits & { readonly hashSeed: number },
  ): Promise<Map<string, Observation>> {
    const session = await this.session(hashSeed);
    limits.signal?.throwIfAborted();
    const answers = await session.observe(programs, { ...limits, secondsPerProgram: SECONDS_PER_PROGRAM });
    for (const { id, host } of inputs) {
      const answer = host && answers.get(id);
      if (answer) answers.set(id, withoutDurations(answer));
    }
    return answers;
  }
}
