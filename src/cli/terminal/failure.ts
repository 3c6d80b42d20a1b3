import { OptionError } from '../../app/options/option-error.js';
import { InfraError, UserError } from '../../model/errors.js';
import { Unjudgeable } from '../../model/unjudgeable.js';
import { EXIT } from './exit-codes.js';

/**
 * Tells a user's mistake in one line, with what to do next; anything else is a bug and keeps its stack. Gives the exit
 * code.
 */
export function explainFailure(error: unknown, stderr: Pick<NodeJS.WritableStream, 'write'>): number {
  if (error instanceof OptionError) return explainFailure(error.spelled(asFlag), stderr);
  if (error instanceof UserError) {
    stderr.write(`patchdiff: ${error.message}\n${hintLine(error)}`);
    return EXIT.usage;
  }
  if (error instanceof Unjudgeable) {
    stderr.write(`patchdiff: ${error.message}\n`);
    return EXIT.notJudged;
  }
  if (error instanceof InfraError) {
    stderr.write(`patchdiff: ${error.message} (${error.code})\n${hintLine(error)}`);
    return EXIT.notJudged;
  }
  stderr.write(
    `patchdiff failed; this is a bug in patchdiff.\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return EXIT.internal;
}

/** `suiteSeconds` as `--suite-seconds`. What can be wrong with the sandbox is only that it is switched off. */
const asFlag = (option: string): string =>
  option === 'sandbox'
    ? '--no-sandbox'
    : `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const hintLine = ({ hint }: UserError | InfraError): string => (hint === undefined ? '' : `  ${hint}\n`);
