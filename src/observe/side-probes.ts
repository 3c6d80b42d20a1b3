import type { TimeLimit } from '../platform/budget.js';
import { withoutDurations } from '../compare/durations.js';
import type { Side } from './engine/engine.js';
import { packPrograms, programAlone } from '../inputs/program/programs.js';
import type { HostTest, Input, Program } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import type { Target } from '../model/target.js';
import { runPlainly, type PlainAnswer } from './probe/plain.js';
import { openProbe, type ObserveOptions, type ProbeSession, type VerifyResult } from './probe/session.js';

const LIMITS = { memoryMb: 4096, outputBytes: 65_536, valueBytes: 65_536 };
const SECONDS_PER_PROGRAM = 60;

/** What every probe of an instance is opened with. */
export interface ProbeSetup {
  readonly preload: readonly string[];
  /** Directories of the tree, relative to it, that imports start from. */
  readonly importRoots: readonly string[];
  readonly secondsPerInput: number;
  /** Seed of hashes and random numbers, where no other is asked for. */
  readonly seed: number;
}

/** What answers inputs that share children: a side, or one that can be stopped. */
export type Observes = Pick<SideProbes, 'observe'>;

type InputLimits = Omit<ObserveOptions, 'secondsPerProgram'>;

/** The probes of one side: one long-lived server for each seed, opened when first needed. */
export class SideProbes {
  readonly #sessions = new Map<number, Promise<ProbeSession>>();
  readonly #closed = new AbortController();

  constructor(
    readonly side: Side,
    private readonly setup: ProbeSetup,
    private readonly targets: readonly Target[],
  ) {}

  /** The session under one seed. */
  session(seed = this.setup.seed): Promise<ProbeSession> {
    const open = this.#sessions.get(seed);
    if (open) return open;
    const options = {
      hashSeed: seed,
      firstSeed: this.setup.seed,
      preload: this.setup.preload,
      path: this.setup.importRoots,
      targets: this.targets,
      limits: LIMITS,
    };
    const opening = openProbe(this.side, options, this.#closed.signal);
    this.#sessions.set(seed, opening);
    return opening;
  }

  /** Begins to import what the inputs need, so that the first of them need not wait; a failure shows when it is asked. */
  warm(): void {
    this.ready([this.setup.seed]).catch(() => undefined);
  }

  /** Comes to an end once a server under each of the seeds answers, so that no time limit runs while packages are imported. */
  async ready(seeds: readonly number[]): Promise<void> {
    await Promise.all(seeds.map(async (seed) => (await this.session(seed)).ready()));
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
    seed: number,
    limit: TimeLimit,
    secondsPerInput = this.setup.secondsPerInput,
  ): Promise<Map<string, Observation>> {
    return this.#run(inputs, inputs.map(programAlone), { seed, limit, secondsPerInput });
  }

  /** Runs a differentiating test's source on this side, in the place of a host test where it needs its fixtures. */
  async verify(source: string, seconds: number, host?: HostTest): Promise<VerifyResult> {
    return (await this.session()).verify(source, seconds, host);
  }

  /**
   * Runs inputs one after the other as a script would, beside the probe: no module of it, no marks, other seeds. What they
   * came to is keyed by input id; an input that was not come to is absent. Inputs in the place of a test cannot be run so.
   */
  plainly(inputs: readonly Input[], seconds: number): Promise<Map<string, PlainAnswer>> {
    return runPlainly(this.side, inputs, this.setup.importRoots, seconds);
  }

  /** Ends the servers under other seeds than the one that is used where none is asked for. */
  async closeOthers(): Promise<void> {
    const others = [...this.#sessions].filter(([seed]) => seed !== this.setup.seed);
    for (const [seed] of others) this.#sessions.delete(seed);
    await closeAll(others.map(([, session]) => session));
  }

  /** Ends every server, for good: one that still starts is given up, and one that failed to has nothing to end. */
  async close(): Promise<void> {
    this.#closed.abort();
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await closeAll(sessions);
  }

  #shared(inputs: readonly Input[], limits: InputLimits): Promise<Map<string, Observation>> {
    return this.#run(inputs, packPrograms(inputs), { seed: this.setup.seed, ...limits });
  }

  async #run(
    inputs: readonly Input[],
    programs: readonly Program[],
    { seed, ...limits }: InputLimits & { readonly seed: number },
  ): Promise<Map<string, Observation>> {
    const session = await this.session(seed);
    limits.signal?.throwIfAborted();
    const answers = await session.observe(programs, { ...limits, secondsPerProgram: SECONDS_PER_PROGRAM });
    for (const { id, host } of inputs) {
      const answer = host && answers.get(id);
      if (answer) answers.set(id, withoutDurations(answer));
    }
    return answers;
  }
}

async function closeAll(opening: readonly Promise<ProbeSession>[]): Promise<void> {
  for (const result of await Promise.allSettled(opening)) {
    if (result.status === 'fulfilled') await result.value.close();
  }
}
