import type { Options } from 'yargs';
import { gate, type FailOn } from '../../metrics/gate.js';
import { UserError } from '../../model/errors.js';
import type { RunReport } from '../../model/report.js';
import { plural } from '../../report/words.js';
import { EXIT } from '../terminal/exit-codes.js';

const FAIL_ON: readonly FailOn[] = ['none', 'strong', 'divergent'];

/** When a command exits with 1 although it ran to its end. */
export const GATE_OPTIONS = {
  'fail-on': {
    choices: FAIL_ON,
    default: 'none' as FailOn,
    describe:
      'Exit with 1 for pairs that diverge with strong evidence (strong), or for any that diverge (divergent)',
  },
  'max-divergent': {
    type: 'number',
    requiresArg: true,
    default: 0,
    describe: 'How many such pairs are accepted',
  },
} as const satisfies Record<string, Options>;

interface GateArguments {
  readonly failOn: FailOn;
  readonly maxDivergent: number;
}

/** @throws UserError `usage` for a limit that is not a count */
export function requireGate({ maxDivergent }: GateArguments): void {
  if (Number.isSafeInteger(maxDivergent) && maxDivergent >= 0) return;
  throw new UserError('usage', '--max-divergent must be zero or a positive integer', 'See patchdiff --help.');
}

/** The exit code for a report, and why when it is not 0. */
export function passGate(report: RunReport, limits: GateArguments, stderr: NodeJS.WritableStream): number {
  const { passed, pairs } = gate(report, limits);
  if (passed) return EXIT.ok;
  const what = limits.failOn === 'strong' ? 'divergent with strong evidence' : 'divergent';
  stderr.write(
    `${plural(pairs.length, 'pair')} ${what}, more than the ${limits.maxDivergent} that --max-divergent accepts\n`,
  );
  return EXIT.divergent;
}
