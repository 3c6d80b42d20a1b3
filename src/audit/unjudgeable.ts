import type { UnverifiableReason } from '../model/verdict.js';

/** Ends the work on a pair or an instance with the verdict `unverifiable`; caught where records are made. */
export class Unjudgeable extends Error {
  override readonly name = 'Unjudgeable';

  constructor(
    readonly reason: UnverifiableReason,
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}
