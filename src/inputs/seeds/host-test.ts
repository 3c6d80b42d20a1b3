import { freeNames } from '../../python/names.js';
import type { SyntaxNode } from '../../python/python-parser.js';
import type { HostTest } from '../../model/input.js';

/** Fixtures that capture output, which the probe does itself for every input. */
const NOT_HOSTED = /^cap(sys|fd)(binary)?$/;

/** Marks that decide whether and how often a test runs, and not what its fixtures are. */
const OF_THE_RUN = /^@\s*pytest\.mark\.(parametrize|skip|skipif|xfail|flaky|timeout)\b/;

/**
 * The test as a host: pytest sets it up, and the code of a seed runs in its place with its fixtures. For the arguments
 * that are `lost` because plain code cannot provide them; undefined where there are none that a host can provide.
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
 * Gives seeds a common host where pytest sets up their tests alike: tests of one class or module that request the same
 * fixtures and have the same marks. The host is the first of these tests.
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

/** Leaves out seeds whose host is not among the first `most` hosts, since setting up each host costs a pytest run. */
export function withFewHosts<T extends { readonly host?: HostTest }>(seeds: readonly T[], most: number): T[] {
  const few = new Set([...new Set(seeds.flatMap(({ host }) => host ?? []))].slice(0, most));
  return [...seeds.filter(({ host }) => !host), ...seeds.filter(({ host }) => host && few.has(host))];
}

/** Gives seeds without a host this one, where code cannot run but in what a runner has set up. */
export const withDefaultHost = <T extends { readonly host?: HostTest }>(
  seeds: readonly T[],
  host: HostTest | undefined,
): T[] => seeds.map((seed) => (seed.host || !host ? seed : { ...seed, host }));
