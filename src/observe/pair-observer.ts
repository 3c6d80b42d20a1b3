import { compareObservations, evidenceGap } from '../compare/compare.js';
import { comparePair } from '../compare/pair.js';
import { signatureOf } from '../compare/signature.js';
import { portion } from '../inputs/portions.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import type { TimeLimit } from '../platform/budget.js';
import type { Observed } from './observed.js';
import { withReadings } from './readings.js';
import type { Observes } from './side-probes.js';

export type { Observed } from './observed.js';

/** What kind of divergence an observed input shows; empty when it shows none. */
export const signatureOfObserved = ({ comparison, gold, candidate }: Observed): string =>
  comparison.kind === 'different' ? signatureOf(comparison.differences, gold, candidate) : '';

/** What was observed of some inputs. */
export interface ObservedInputs {
  readonly observed: readonly Observed[];
  /** Whether the limit left inputs unobserved. */
  readonly cut: boolean;
}

/** How inputs are observed. */
export interface ObserveLimits {
  readonly limit: TimeLimit;
  /** Seconds for one input on one side; after many inputs that hung, the next are given less. */
  readonly secondsPerInput?: number;
  /** Is shown what was observed since it was last asked; its yes ends the work early. */
  readonly enough?: (observed: readonly Observed[]) => boolean;
}

/** Inputs sent to both sides before the time is looked at again; at first few, as the sides wait while they are made. */
const CHUNK = 200;
const FIRST_CHUNK = 40;
/** After so many inputs that hung, the next are given less time: what hangs costs as much as hundreds of others. */
const MOST_HANGS = 12;
const LESS = 0.25;

/** When the inputs of each generator first showed a difference. */
export class FirstDifferences {
  readonly #seconds = new Map<string, number>();

  /** @param elapsed gives the seconds since the work on the pair began */
  constructor(private readonly elapsed: () => number) {}

  /** Seconds by generator; a generator that showed none is absent. */
  get seconds(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#seconds);
  }

  note(observed: readonly Observed[]): void {
    for (const { input, comparison } of observed) {
      if (comparison.kind === 'different' && !this.#seconds.has(input.generator))
        this.#seconds.set(input.generator, this.elapsed());
    }
  }
}

/**
 * Observes inputs on gold and candidate side by side and compares the answers here, outside both. Gold's
 * answers are kept in `goldAnswers`, which all candidates of an instance share.
 */
export class PairObserver {
  constructor(
    readonly gold: Observes,
    readonly candidate: Observes,
    private readonly goldAnswers: Map<string, Observation>,
    private readonly differences: FirstDifferences,
  ) {}

  /** @param inputs are made, where making them is work, while the sides answer those before */
  async observe(
    inputs: Iterable<Input>,
    { limit, secondsPerInput, enough = () => false }: ObserveLimits,
  ): Promise<ObservedInputs> {
    const observed: Observed[] = [];
    let cut = false;
    const hangs = () => observed.filter((one) => hung(one.gold) || hung(one.candidate)).length;
    const line = inputs[Symbol.iterator]();
    let next = await portion(line, FIRST_CHUNK);
    while (next.length > 0) {
      if (limit.left <= 0) return { observed, cut: true };
      const seconds = secondsPerInput && secondsPerInput * (hangs() < MOST_HANGS ? 1 : LESS);
      const asked = this.#chunk(next, limit, seconds);
      const [chunk, following] = await Promise.all([asked, portion(line, CHUNK)]);
      cut ||= chunk.length < next.length;
      next = following;
      this.differences.note(chunk);
      observed.push(...chunk);
      if (enough(chunk)) break;
    }
    return { observed, cut };
  }

  /** Of inputs that were observed, those to which gold answers otherwise when it is asked again. */
  async unsteady(inputs: readonly Input[], limit: TimeLimit): Promise<Set<string>> {
    const again = await this.gold.observe(inputs, limit);
    const ids = inputs.map(({ id }) => id);
    return new Set(
      ids.filter((id) => {
        const [first, second] = [this.goldAnswers.get(id), again.get(id)];
        return first && second && compareObservations(first, second).kind === 'different';
      }),
    );
  }

  /** Inputs that a side left unanswered are absent from the result. */
  async #chunk(
    inputs: readonly Input[],
    limit: TimeLimit,
    secondsPerInput: number | undefined,
  ): Promise<Observed[]> {
    const unseen = inputs.filter(({ id }) => !this.goldAnswers.has(id));
    // Where gold is known to give no evidence, nothing the candidate does can be compared.
    const spared = new Set(inputs.filter(({ id }) => this.#withoutEvidence(id)));
    const [goldAnswers, candidateAnswers] = await Promise.all([
      this.gold.observe(unseen, limit, secondsPerInput),
      this.candidate.observe(
        inputs.filter((input) => !spared.has(input)),
        limit,
        secondsPerInput,
      ),
    ]);
    for (const [id, answer] of goldAnswers) this.goldAnswers.set(id, answer);
    const observed = inputs.flatMap((input): Observed[] => {
      const gold = this.goldAnswers.get(input.id);
      const candidate = spared.has(input) ? gold : candidateAnswers.get(input.id);
      if (!gold || !candidate) return [];
      return [{ input, gold, candidate, comparison: comparePair(gold, candidate) }];
    });
    const settled = await withReadings(observed, this, limit, secondsPerInput);
    for (const { input, gold } of settled) this.goldAnswers.set(input.id, gold);
    return settled;
  }

  #withoutEvidence(id: string): boolean {
    const outcome = this.goldAnswers.get(id)?.outcome;
    return outcome !== undefined && evidenceGap(outcome) !== undefined;
  }
}

const hung = ({ outcome }: Observation): boolean => outcome.kind === 'timeout';
