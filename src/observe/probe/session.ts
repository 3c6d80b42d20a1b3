import pLimit from 'p-limit';
import type { z } from 'zod';
import type { Side } from '../engine/engine.js';
import type { HostTest, Program } from '../../model/input.js';
import type { Observation } from '../../model/observation.js';
import { inBatches } from './batches.js';
import { observeBatch, type ObserveOptions } from './observe-batch.js';
import { openServer, type ProbeOptions } from './open-server.js';
import { resolveAnswer, verifyAnswer, type OpenFacts, type VerifyResult } from './protocol.js';
import type { Patience, ProbeServer } from './server.js';

export type { ObserveOptions } from './observe-batch.js';
export type { ProbeOptions } from './open-server.js';
export type { OpenFacts, VerifyResult } from './protocol.js';

/** A probe on one side. Its server is replaced when it dies, whatever the code under test did to it. */
export interface ProbeSession {
  /** What the probe said when it was first opened. */
  readonly facts: OpenFacts;
  /**
   * Observes every input of the programs; the result is keyed by input id. An input at which the server
   * died is `crashed`, and after a second such input so are the remaining inputs of that program.
   * @throws InfraError when the side is closed or no server can be started, or the signal's reason
   */
  observe(programs: readonly Program[], options: ObserveOptions): Promise<Map<string, Observation>>;
  /** Comes to an end once a server answers: one that ran out of time, or died, is started again. */
  ready(): Promise<void>;
  /** The first of the modules that has each name; names that none has are absent. */
  resolve(modules: readonly string[], names: readonly string[]): Promise<Record<string, string>>;
  /** Runs the test functions of a test file's source, in the place of a host test where they need its fixtures. */
  verify(source: string, seconds: number, host?: HostTest): Promise<VerifyResult>;
  close(): Promise<void>;
}

/** Beyond its own limits, for what the probe does around an input: forking, killing, cleaning up. */
const GRACE_SECONDS = 30;
const RESOLVE_SECONDS = 60;
/** Letters for the names of servers' directories, so that few follow each other with a letter in common. */
const LETTERS = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQR', 'STU', 'VWX'] as const;
let serversOfThisProcess = 0;

/**
 * The directory of one more server. What code computes from its path, such as the set of its letters, cannot be recognised as
 * the path: that has to differ from one server to the next, so that it is unsteady when it is repeated, and not a difference.
 */
function nextDirectory({ scratch }: Side): string {
  const number = serversOfThisProcess++;
  return `${scratch}/serve-${LETTERS[number % LETTERS.length]}${number}`;
}

/**
 * Starts a probe on a side.
 * @param signal gives it up while it starts
 * @throws InfraError `probe-failed` when it does not come up, or the signal's reason
 */
export async function openProbe(
  side: Side,
  options: ProbeOptions,
  signal?: AbortSignal,
): Promise<ProbeSession> {
  const open = (given?: AbortSignal) => openServer(side, options, nextDirectory(side), given);
  const { server, facts } = await open(signal);
  return new Session(server, facts, async (given) => (await open(given)).server);
}

class Session implements ProbeSession {
  /** The server answers one request at a time. */
  readonly #turn = pLimit(1);
  #server: ProbeServer;

  constructor(
    server: ProbeServer,
    readonly facts: OpenFacts,
    private readonly reopen: (signal?: AbortSignal) => Promise<ProbeServer>,
  ) {
    this.#server = server;
  }

  observe(programs: readonly Program[], options: ObserveOptions): Promise<Map<string, Observation>> {
    return this.#turn(async () => {
      const { secondsPerInput, secondsPerProgram, limit, signal } = options;
      // Waiting for what is under way costs no more than a new server would.
      const grace = this.facts.seconds;
      const late = limit && {
        get left() {
          return limit.left + grace;
        },
      };
      const patience = { ...this.#patience(secondsPerInput + secondsPerProgram), limit: late, signal };
      const living = () => this.#living(signal);
      const observations = new Map<string, Observation>();
      for (const batch of inBatches(programs)) {
        if (!(await observeBatch(batch, options, living, patience, observations))) break;
      }
      return observations;
    });
  }

  ready(): Promise<void> {
    return this.#turn(async () => {
      await this.#living();
    });
  }

  async resolve(modules: readonly string[], names: readonly string[]): Promise<Record<string, string>> {
    const request = { op: 'resolve', modules, names };
    return (await this.#ask(request, resolveAnswer, RESOLVE_SECONDS))?.found ?? {};
  }

  async verify(source: string, seconds: number, host?: HostTest): Promise<VerifyResult> {
    const request = { op: 'verify', source, seconds, host };
    return (await this.#ask(request, verifyAnswer, seconds)) ?? { status: 'crashed' };
  }

  close(): Promise<void> {
    return this.#turn(async () => {
      if (this.#server.alive) await this.#server.close();
    });
  }

  /** The one answer to a request; undefined when the server dies over it. */
  #ask<T>(request: object, schema: z.ZodType<T>, seconds: number): Promise<T | undefined> {
    return this.#turn(async () => {
      let result: T | undefined;
      const accept = (answer: T) => {
        result = answer;
        return true;
      };
      const server = await this.#living();
      await server.exchange(request, schema, accept, this.#patience(seconds));
      return result;
    });
  }

  async #living(signal?: AbortSignal): Promise<ProbeServer> {
    if (!this.#server.alive) this.#server = await this.reopen(signal);
    return this.#server;
  }

  /** Between two answers the probe may have to import everything again. */
  #patience(seconds: number): Patience {
    return { silenceMs: (seconds + GRACE_SECONDS + 3 * this.facts.seconds) * 1000 };
  }
}
