import type { Outcome } from '../../model/observation.js';
import { signatureOfObserved, type Observed } from '../../observe/pair-observer.js';
import { pathOf } from './paths.js';

/** Inputs in a row that may teach nothing. */
const PATIENCE = 800;

/** Watches what inputs teach: ways through the changed code, types of answers, kinds of divergence. */
export class Novelty {
  readonly #known = new Set<string>();
  #barren = 0;

  /** Whether the last inputs, the given ones among them, taught nothing new since `again`. */
  exhausted(observed: readonly Observed[]): boolean {
    for (const one of observed) {
      const lesson = lessonOf(one);
      this.#barren = this.#known.has(lesson) ? this.#barren + 1 : 0;
      this.#known.add(lesson);
    }
    return this.#barren >= PATIENCE;
  }

  /** Begins to count anew; what is known stays known. */
  again(): void {
    this.#barren = 0;
  }
}

const lessonOf = (one: Observed): string =>
  JSON.stringify([pathOf(one), answerType(one.gold.outcome), signatureOfObserved(one)]);

function answerType(outcome: Outcome): string {
  if (outcome.kind === 'raised') return outcome.exception.type;
  if (outcome.kind !== 'value') return outcome.kind;
  const { value } = outcome;
  return 'type' in value ? value.type : value.t;
}
