import { compareObservations } from '../../compare/compare.js';
import type { Observation } from '../../model/observation.js';
import type { Observed } from '../../observe/pair-observer.js';
import type { SideProbes } from '../../observe/side-probes.js';

/**
 * Knows on which inputs the fix shows: gold answers otherwise than base. What is near such an input is where a
 * candidate's own fix most likely departs. Base's answers are kept for all candidates of an instance.
 */
export class FixEvidence {
  readonly #answers = new Map<string, Observation>();

  constructor(private readonly base: Pick<SideProbes, 'observe'>) {}

  /** Those of `observed` on which the fix shows; what the deadline left unasked is not among them. */
  async among(
    observed: readonly Observed[],
    deadline: number,
    secondsPerInput: number,
  ): Promise<ReadonlySet<Observed>> {
    const inputs = observed.map(({ input }) => input).filter(({ id }) => !this.#answers.has(id));
    const answers = await this.base.observe(inputs, deadline, secondsPerInput);
    for (const [id, answer] of answers) this.#answers.set(id, answer);
    return new Set(
      observed.filter(({ input, gold }) => {
        const base = this.#answers.get(input.id);
        return base !== undefined && compareObservations(base, gold).kind === 'different';
      }),
    );
  }
}
