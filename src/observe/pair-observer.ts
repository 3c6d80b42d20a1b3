import { compareObservations, evidenceGap } from '../compare/compare.js';
import { signatureOf } from '../compare/signature.js';
import { portion } from '../inputs/portions.js';
import type { Comparison } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import type { SideProbes } from './side-probes.js';

/** One input as both sides answered it; where gold gave no evidence, the candidate may not have been asked. */
export interface Observed {
  readonly input: Input;
  readonly gold: Observation;
  readonly candidate: Observation;
  readonly comparison: Comparison;
}

/** What kind of divergence an observed input shows; empty when it shows none. */
export const signatureOfObserved = ({ comparison, gold, candidate }: Observed): string =>
  comparison.kind === 'different' ? signatureOf(comparison.differences, gold, candidate) : '';

/** Inputs sent to both sides before the clock is looked at again; at first few, as none are made yet while the sides wait. */
const CHUNK = 200;
const FIRST_CHUNK = 40;
/** After so many inputs that hung, the next are given less time: what hangs costs as much as hundreds of others. */
const MOST_HANGS = 12;
const LESS = 0.25;

/**
 * Observes inputs on gold and candidate side by side and compares the answers here, outside both. Gold's
 * answers are kept in `goldAnswers`, which all candidates of an instance share.
 */
export class PairObserver {
  /** Whether the deadline left inputs of the last call unobserved. */
  cut = false;
  constructor(
    private readonly gold: Pick<SideProbes, 'observe'>,
    private readonly candidate: Pick<SideProbes, 'observe'>,
    private readonly goldAnswers: Map<string, Observation>,
    /** When the inputs of each generator first showed a difference, as `Date.now()` has it. */
    readonly firstDifference = new Map<string, number>(),
  ) {}

  /**
   * @param inputs are made, where making them is work, while the sides answer those before
   * @param secondsPerInput less for those after many that hung
   * @param enough is shown what was observed since it was last asked; its yes ends the work early
   */
  async observe(
    inputs: Iterable<Input>,
    deadline: number,
    secondsPerInput?: number,
    enough: (observed: readonly Observed[]) => boolean = () => false,
  ): Promise<Observed[]> {
    this.cut = false;
    const observed: Observed[] = [];
    const hangs = () => observed.filter((one) => hung(one.gold) || hung(one.candidate)).length;
    const line = inputs[Symbol.iterator]();
    let next = await portion(line, FIRST_CHUNK);
    while (next.length > 0) {
      if (Date.now() >= deadline) {
        this.cut = true;
        break;
      }
      const seconds = secondsPerInput && secondsPerInput * (hangs() < MOST_HANGS ? 1 : LESS);
      const asked = this.#chunk(next, deadline, seconds);
      const [chunk, following] = await Promise.all([asked, portion(line, CHUNK)]);
      next = following;
      this.#noteDifferences(chunk);
      observed.push(...chunk);
      if (enough(chunk)) break;
    }
    return observed;
  }

  /** Of inputs that were observed, those to which gold answers otherwise when it is asked again. */
  async unsteady(inputs: readonly Input[], deadline: number): Promise<Set<string>> {
    const again = await this.gold.observe(inputs, deadline);
    const ids = inputs.map(({ id }) => id);
    return new Set(
      ids.filter((id) => {
        const [first, second] = [this.goldAnswers.get(id), again.get(id)];
        return first && second && compareObservations(first, second).kind === 'different';
      }),
    );
  }

  #noteDifferences(observed: readonly Observed[]): void {
    for (const { input, comparison } of observed) {
      if (comparison.kind === 'different' && !this.firstDifference.has(input.generator))
        this.firstDifference.set(input.generator, Date.now());
    }
  }

  async #chunk(
    inputs: readonly Input[],
    deadline: number,
    secondsPerInput: number | undefined,
  ): Promise<Observed[]> {
    const unseen = inputs.filter(({ id }) => !this.goldAnswers.has(id));
    // Where gold is known to give no evidence, nothing the candidate does can be compared.
    const spared = new Set(inputs.filter(({ id }) => this.#withoutEvidence(id)));
    const [goldAnswers, candidateAnswers] = await Promise.all([
      this.gold.observe(unseen, deadline, secondsPerInput),
      this.candidate.observe(
        inputs.filter((input) => !spared.has(input)),
        deadline,
        secondsPerInput,
      ),
    ]);
    for (const [id, answer] of goldAnswers) this.goldAnswers.set(id, answer);
    return inputs.flatMap((input) => {
      const gold = this.goldAnswers.get(input.id);
      const candidate = spared.has(input) ? gold : candidateAnswers.get(input.id);
      if (!gold || !candidate) {
        this.cut = true;
        return [];
      }
      return [{ input, gold, candidate, comparison: compareObservations(gold, candidate) }];
    });
  }

  #withoutEvidence(id: string): boolean {
    const outcome = this.goldAnswers.get(id)?.outcome;
    return outcome !== undefined && evidenceGap(outcome) !== undefined;
  }
}

const hung = ({ outcome }: Observation): boolean => outcome.kind === 'timeout';
