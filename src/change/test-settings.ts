import { isDeepStrictEqual } from 'node:util';
import { pytestTables } from './pytest-settings.js';

/** Files of which only a part is about tests, and how the header of such a part begins. */
const PARTS: Readonly<Record<string, RegExp>> = {
  'tox.ini': /^\[(tool:)?pytest\]/,
  'setup.cfg': /^\[(tool:)?pytest\]/,
  'pyproject.toml': /^\[\[?\s*tool\s*\.\s*"?pytest\b/,
};
/** Files that are about nothing else. */
const WHOLE = new Set(['pytest.ini', '.pytest.ini', 'pytest.toml', '.pytest.toml']);

/** Whether a file can hold settings of the test runner, by its base name. */
export const holdsTestSettings = (name: string): boolean => name in PARTS || WHOLE.has(name);

/**
 * A settings file of the candidate with gold's settings for tests and all others its own; undefined for no file. Where the
 * parts cannot be told apart, it is gold's.
 * @param name its base name
 */
export function withTestSettingsOf(
  name: string,
  gold: string | undefined,
  candidate: string | undefined,
): string | undefined {
  if (haveSameTestSettings(name, gold, candidate)) return candidate;
  const header = PARTS[name];
  if (header === undefined) return gold;
  const own = sectionsOf(candidate ?? '').filter((text) => !header.test(text));
  const tests = sectionsOf(gold ?? '').filter((text) => header.test(text));
  const mixed = [...own, ...tests].map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('');
  if (!haveSameTestSettings(name, gold, mixed)) return gold;
  return mixed.trim() === '' ? undefined : mixed;
}

/** Whether two versions of a settings file say the same about tests. */
export function haveSameTestSettings(
  name: string,
  gold: string | undefined,
  candidate: string | undefined,
): boolean {
  if (gold === candidate) return true;
  if (WHOLE.has(name)) return false;
  return isDeepStrictEqual(pytestTables(name, gold ?? ''), pytestTables(name, candidate ?? ''));
}

/** The parts of a text, each from a header to the next; the first may be without one. */
const sectionsOf = (text: string): string[] => text.split(/^(?=\[)/m);
