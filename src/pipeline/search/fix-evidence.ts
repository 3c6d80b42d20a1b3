import { compareObservations, differMarkedly } from '../../compare/compare.js';
import type { Observation } from '../../model/observation.js';
import type { Observed } from '../../observe/pair-observer.js';
import type { Observes } from '../../observe/side-probes.js';
import type { TimeLimit } from '../../platform/budget.js';

/**
 * Knows on which inputs the fix shows: gold answers otherwise than base. What is near such an input is where a
 * candidate's own fix most likely departs. Base's answers are kept for all candidates of an instance.
 */
export class FixEvidence {
  readonly #answers = new Map<string, Observation>();

  constructor(private readonly base: Observes) {}

  /** Those of `observed` on which the fix shows; what the limit left unasked is not among them. */
  async among(
    observed: readonly Observed[],
    limit: TimeLimit,
    secondsPerInput: number,
  ): Promise<ReadonlySet<Observed>> {
    const inputs = observed.map(({ input }) => input).filter(({ id }) => !this.#answers.has(id));
    const answers = await this.base.observe(inputs, limit, secondsPerInput);
    for (const [id, answer] of answers) this.#answers.set(id, answer);
    return new Set(
      observed.filter(({ input, gold }) => {
        const base = this.#answers.get(input.id);
        return base !== undefined && differMarkedly(compareObservations(base, gold));
      }),
    );
  }
}
