import type { Observed } from '../../observe/pair-observer.js';

type Sides = Pick<Observed, 'gold' | 'candidate'>;

/** What is known of the branches of the changed functions: which side has them, and which inputs take them. */
export class Paths {
  readonly #gold = new Set<string>();
  readonly #candidate = new Set<string>();

  /** Learns the branches that inputs took. */
  learn(observed: readonly Sides[]): void {
    for (const { gold, candidate } of observed) {
      for (const branch of gold.branches ?? []) this.#gold.add(branch);
      for (const branch of candidate.branches ?? []) this.#candidate.add(branch);
    }
  }

  /**
   * Whether an input takes different ways on the two sides: a branch that both have on one of them only, or a branch
   * of one side's own where the other takes none of its own.
   */
  depart({ gold, candidate }: Sides): boolean {
    const [left, right] = [new Set(gold.branches), new Set(candidate.branches)];
    const goldsOwn = [...left].filter((branch) => !this.#candidate.has(branch));
    const candidatesOwn = [...right].filter((branch) => !this.#gold.has(branch));
    if (goldsOwn.length > 0 !== candidatesOwn.length > 0) return true;
    return (
      [...left].some((branch) => this.#candidate.has(branch) && !right.has(branch)) ||
      [...right].some((branch) => this.#gold.has(branch) && !left.has(branch))
    );
  }
}

/** The way of an input through the changed functions of both sides, as one text. */
export const pathOf = ({ gold, candidate }: Sides): string =>
  JSON.stringify([gold, candidate].map(({ hits, branches }) => [hits, branches ?? []]));
