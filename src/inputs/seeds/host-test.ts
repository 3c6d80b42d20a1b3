import { freeNames } from '../../python/names.js';
import type { SyntaxNode } from '../../python/python-parser.js';
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

/**
 * Seeds whose tests pytest sets up alike, being of one class or module and asking for the same fixtures under the same marks,
 * have the first of these tests as their common host.
 */
export function withCommonHosts<T extends { readonly host?: HostTest }>(seeds: readonly T[]): T[] {
  const hosts = new Map<string, HostTest>();
  return seeds.map((seed) => {
    if (!seed.host) return seed;
    const { test, names, marks } = seed.host;
    const key = JSON.stringify([test.slice(0, test.lastIndexOf('::')), [...names].sort(), marks]);
    const host = hosts.get(key) ?? seed.host;
    hosts.set(key, host);
    return { ...seed, host };
  });
}

/** Seeds without those that need more than the first `most` hosts, as pytest sets each host up anew. */
export function withFewHosts<T extends { readonly host?: HostTest }>(seeds: readonly T[], most: number): T[] {
  const few = new Set([...new Set(seeds.flatMap(({ host }) => host ?? []))].slice(0, most));
  return [...seeds.filter(({ host }) => !host), ...seeds.filter(({ host }) => host && few.has(host))];
}
