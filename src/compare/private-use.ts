import type { Input } from '../model/input.js';
import { python } from '../python/language.js';

/**
 * Whether an input works on what is private by convention, so that what differs there is seen by no caller. Private helpers
 * of tests are for tests, and names that the issue or the tests of the fix use are what the fix is about.
 * @param code the statements of the input that matter
 * @param allowed private names that the issue or the tests of the fix use
 */
export function usesPrivate(
  { prelude }: Pick<Input, 'prelude'>,
  code: string,
  allowed: ReadonlySet<string>,
): boolean {
  const helpers = python.helpersOfTests(prelude);
  const isForbidden = (name: string) => !allowed.has(name) && !helpers.has(name);
  if ([...python.privateNamesIn(code)].some(isForbidden)) return true;
  const aliases = python.aliasesOfPrivateNames(prelude);
  return aliases.size > 0 && [...python.freeNames(code)].some((name) => aliases.has(name));
}
