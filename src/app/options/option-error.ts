import { UserError } from '../../model/errors.js';

/** Spells an option for its reader: `suiteSeconds` in a program, `--suite-seconds` on the command line. */
export type Spelling = (option: string) => string;

/** What is wrong with an option, and what to do, in the spelling of whoever gave it. */
export interface OptionProblem {
  /** As in `UserError`; default: `usage`. */
  readonly code?: string;
  readonly message: (spell: Spelling) => string;
  readonly hint: (spell: Spelling) => string;
  readonly cause?: unknown;
}

const asProperty: Spelling = (option) => option;

/** A wrong option. Its message names the property; the command line asks for the name of the flag. */
export class OptionError extends UserError {
  constructor(private readonly problem: OptionProblem) {
    const { code = 'usage', message, hint, cause } = problem;
    super(code, message(asProperty), hint(asProperty), { cause });
  }

  /** The same error for a reader who spells options in another way. */
  spelled(spell: Spelling): UserError {
    const { message, hint } = this.problem;
    return new UserError(this.code, message(spell), hint(spell), { cause: this });
  }
}
