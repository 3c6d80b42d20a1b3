import { freeNames } from '../../analysis/names.js';
import type { SyntaxNode } from '../../analysis/python-parser.js';
import type { HostTest } from '../../model/input.js';

/** Fixtures that read what was printed: here every input's output is taken by the probe. */
const NOT_HOSTED = /^cap(sys|fd)(binary)?$/;

/** Marks that decide whether and how often a test is run, not what it is given. */
const OF_THE_RUN = /^@\s*pytest\.mark\.(parametrize|skip|skipif|xfail|flaky|timeout)\b/;

/**
 * The test as a host for code that needs those of its arguments that are `lost` to plain code; undefined where it needs
 * none. What a host cannot give either stays lost.
 * @param decorators of the test, then those of its class
 */
export function hostTest(
  test: string,
  decorators: readonly SyntaxNode[],
  lost: ReadonlySet<string>,
): HostTest | undefined {
  const names = [...lost].filter((name) => !NOT_HOSTED.test(name));
  if (names.length === 0) return undefined;
  const marks = decorators
    .map(({ text }) => text)
    .filter((text) => /^@\s*pytest\.mark\./.test(text) && !OF_THE_RUN.test(text))
    .filter((text) => [...freeNames(text.replace(/^@\s*/, ''))].every((name) => name === 'pytest'));
  return { test, names, marks };
}

/** Seeds of which only the first few with hosts stay, as pytest sets each host up anew for every few inputs. */
export function withFewHosts<T extends { readonly host?: HostTest }>(seeds: readonly T[], most: number): T[] {
  const few = new Set(seeds.filter(({ host }) => host).slice(0, most));
  return [...seeds.filter(({ host }) => !host), ...few];
}
