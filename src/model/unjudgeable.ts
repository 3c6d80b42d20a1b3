import type { UnverifiableReason } from './verdict.js';

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

/** The last lines that a process printed, short enough for the detail of a verdict. */
export const endOf = (output: string): string => output.trim().split('\n').slice(-3).join(' | ').slice(-300);
