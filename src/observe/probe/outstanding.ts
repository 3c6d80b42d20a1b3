import type { Program, Step } from '../../model/input.js';

/** The inputs of some programs that have no observation yet, in the order in which they run. */
export class Outstanding {
  readonly #programs: readonly Program[];
  readonly #waiting: Map<string, Set<string>>;

  constructor(programs: readonly Program[]) {
    this.#programs = programs;
    this.#waiting = new Map(programs.map((program) => [program.id, new Set(inputsOf(program))]));
  }

  /** Takes an input off; false when nobody waits for it. */
  settle(program: string, input: string): boolean {
    return this.#waiting.get(program)?.delete(input) ?? false;
  }

  /** What is left to run: programs with waiting inputs, without the observed steps. */
  programs(): Program[] {
    return this.#programs.flatMap((program) => {
      const waiting = this.#waiting.get(program.id);
      if (!waiting?.size) return [];
      const steps = program.steps.filter((step) => step.kind !== 'observe' || waiting.has(step.input));
      return [{ ...program, steps: withoutIdle(steps) }];
    });
  }
}

/** The steps without the set-ups, from a prelude to the next, that no input follows. */
function withoutIdle(steps: readonly Step[]): Step[] {
  const kept: Step[] = [];
  let needed = false;
  for (const step of [...steps].reverse()) {
    needed ||= step.kind === 'observe';
    if (needed) kept.push(step);
    if (step.kind === 'prelude') needed = false;
  }
  return kept.reverse();
}

/** A program up to and with its first input, so that whatever happens is that input's doing. */
export function firstInputOf(program: Program): Program {
  const first = program.steps.findIndex(({ kind }) => kind === 'observe');
  return { ...program, steps: program.steps.slice(0, first + 1) };
}

/** The ids of a program's inputs, in order. */
export function inputsOf({ steps }: Program): string[] {
  return steps.flatMap((step) => (step.kind === 'observe' ? [step.input] : []));
}
