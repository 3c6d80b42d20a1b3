import { constants } from 'node:os';
import type { ProcessEnd } from '../engine/engine.js';
import { NO_LIMIT, secondsFromNow, type TimeLimit } from '../../platform/budget.js';
import type { Program } from '../../model/input.js';
import type { Observation } from '../../model/observation.js';
import { boundObservation } from './bounds.js';
import { firstInputOf, inputsOf, Outstanding } from './outstanding.js';
import { runAnswer } from './protocol.js';
import type { Patience, ProbeServer } from './server.js';

/** How programs are observed. */
export interface ObserveOptions {
  readonly secondsPerInput: number;
  readonly secondsPerProgram: number;
  /** Inputs that this leaves no time for are absent from the result. */
  readonly limit?: TimeLimit | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Programs of the first request under a limit, and seconds that a request may take before the next one gets fewer. */
const FIRST_PROGRAMS = 4;
const QUICK_SECONDS = 0.5;

/** Servers that the inputs of one program may kill. */
const DEATHS = 2;

/**
 * Observes the inputs of programs that fit one request, into `observations`. A program that killed a server
 * goes on with one input a request, as only then it is certain which input did it. Under a limit, requests are so short that
 * it can end between two of them: a server that is cut off in the middle has to import everything again.
 * @param living gives a server that answers
 * @returns false when the limit cut it
 */
export async function observeBatch(
  batch: readonly Program[],
  options: ObserveOptions,
  living: () => Promise<ProbeServer>,
  patience: Patience,
  observations: Map<string, Observation>,
): Promise<boolean> {
  const { secondsPerInput, secondsPerProgram, limit = NO_LIMIT } = options;
  const outstanding = new Outstanding(batch);
  const settle = (program: string, input: string, observation: Observation) => {
    if (outstanding.settle(program, input)) observations.set(input, observation);
  };
  /** Deaths that an input is known to have caused, for programs under suspicion. */
  const deaths = new Map<string, number>();
  let most = limit === NO_LIMIT ? Infinity : FIRST_PROGRAMS;
  for (;;) {
    const waiting = outstanding.programs();
    const [current] = waiting;
    if (!current) return true;
    if (limit.left <= 0) return false;
    const suspected = deaths.get(current.id);
    const programs = suspected === undefined ? waiting.slice(0, most) : [firstInputOf(current)];
    const server = await living();
    const quick = secondsFromNow(QUICK_SECONDS);
    const end = await server.exchange(
      { op: 'run', programs, secondsPerInput, secondsPerProgram },
      runAnswer,
      (answer, size) => {
        if ('done' in answer) return true;
        settle(answer.program, answer.input, boundObservation(answer.observation, size));
        return false;
      },
      patience,
    );
    if (end.kind === 'out-of-time') return false;
    most = quick.left > 0 ? most * 2 : Math.ceil(most / 2);
    if (end.kind === 'answered') {
      for (const program of programs) settleAll(program, crashed(0));
    } else if (suspected === undefined) {
      const [suspect] = outstanding.programs();
      if (suspect) deaths.set(suspect.id, 0);
    } else {
      deaths.set(current.id, suspected + 1);
      settleAll(suspected + 1 < DEATHS ? firstInputOf(current) : current, crashed(signalNumber(end.end)));
    }
  }

  function settleAll(program: Program, observation: Observation): void {
    for (const input of inputsOf(program)) settle(program.id, input, observation);
  }
}

const crashed = (signal: number): Observation => ({
  outcome: { kind: 'crashed', signal },
  stdout: '',
  stderr: '',
  warnings: [],
  state: {},
  hits: [],
});

const signalNumber = ({ signal }: ProcessEnd): number =>
  (constants.signals as Record<string, number>)[signal ?? ''] ?? 0;
