import { z } from 'zod';
import { parseOptions, text, texts } from './parse-options.js';
import { hostShape, outShape, searchShape } from './shared-options.js';

const checkSchema = z.strictObject({
  /** Repository: a directory, a clone or a git URL. */
  repo: text(),
  /** Revision that both patches start from. */
  base: text().default('HEAD'),
  /** The reference: a patch file, a commit or a branch. */
  gold: text(),
  /** The patch under test: a patch file, a commit or a branch. */
  candidate: text(),
  /** File with the patch that adds the tests of the fix. */
  testPatch: text().optional(),
  /** File with the text of the issue. */
  issue: text().optional(),
  /** Test files that reach the change. */
  tests: texts().optional(),
  ...outShape,
  ...hostShape,
  ...searchShape,
});

/** Options of `checkPair`: those of `patchdiff check`, with its defaults. */
export type CheckOptions = z.input<typeof checkSchema>;
/** The same, with the defaults filled in. */
export type CompleteCheckOptions = z.output<typeof checkSchema>;

/** The defaults, as the help of the command line shows them. */
export const CHECK_DEFAULTS: CompleteCheckOptions = checkSchema.parse({ repo: '', gold: '', candidate: '' });

/** The options with their defaults. @throws OptionError */
export const completeCheckOptions = (given: CheckOptions): CompleteCheckOptions =>
  parseOptions(checkSchema, given);
