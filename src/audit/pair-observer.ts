import { compareObservations } from '../compare/compare.js';
import { signatureOf } from '../compare/signature.js';
import type { Comparison } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import type { SideProbes } from './side-probes.js';

/** One input as both sides answered it. */
export interface Observed {
  readonly input: Input;
  readonly gold: Observation;
  readonly candidate: Observation;
  readonly comparison: Comparison;
}

/** What kind of divergence an observed input shows; empty when it shows none. */
export const signatureOfObserved = ({ comparison, gold, candidate }: Observed): string =>
  comparison.kind === 'different' ? signatureOf(comparison.differences, gold, candidate) : '';

/** Inputs sent to both sides before the clock is looked at again. */
const CHUNK = 400;

/**
 * Observes inputs on gold and candidate side by side and compares the answers here, outside both. Gold's
 * answers are kept in `goldAnswers`, which all candidates of an instance share.
 */
export class PairObserver {
  /** Whether the deadline left inputs unobserved. */
  cut = false;

  constructor(
    private readonly gold: SideProbes,
    private readonly candidate: SideProbes,
    private readonly goldAnswers: Map<string, Observation>,
  ) {}

  async observe(inputs: readonly Input[], deadline: number): Promise<Observed[]> {
    const observed: Observed[] = [];
    for (let start = 0; start < inputs.length; start += CHUNK) {
      if (Date.now() >= deadline) {
        this.cut = true;
        break;
      }
      observed.push(...(await this.#chunk(inputs.slice(start, start + CHUNK), deadline)));
    }
    return observed;
  }

  async #chunk(inputs: readonly Input[], deadline: number): Promise<Observed[]> {
    const unseen = inputs.filter(({ id }) => !this.goldAnswers.has(id));
    const [goldAnswers, candidateAnswers] = await Promise.all([
      this.gold.observe(unseen, deadline),
      this.candidate.observe(inputs, deadline),
    ]);
    for (const [id, answer] of goldAnswers) this.goldAnswers.set(id, answer);
    return inputs.flatMap((input) => {
      const [gold, candidate] = [this.goldAnswers.get(input.id), candidateAnswers.get(input.id)];
      if (!gold || !candidate) {
        this.cut = true;
        return [];
      }
      return [{ input, gold, candidate, comparison: compareObservations(gold, candidate) }];
    });
  }
}
