import { functionsEntered, type IssueGround } from '../../compare/scope.js';
import { isSeedOf } from '../../inputs/seeds/test-seeds.js';
import type { Seed } from '../../model/input.js';
import { python } from '../../python/language.js';
import type { Observed } from '../../observe/pair-observer.js';

/** What the issue and the tests of the fix are about, told by their own inputs as they were observed. */
export function issueGround(
  seeds: readonly Seed[],
  failToPass: readonly string[],
  observed: readonly Observed[],
): IssueGround {
  const own = seeds.filter((seed) => seed.origin === 'issue' || failToPass.some((id) => isSeedOf(seed, id)));
  const ids = new Set(own.map(({ id }) => id));
  const shown = observed.filter(({ input }) => input.mutations.length === 0 && ids.has(input.seed));
  return {
    seeds: ids,
    entered: new Set(shown.flatMap(({ gold }) => functionsEntered(gold))),
    privateNames: new Set(own.flatMap(({ statements }) => [...python.privateNamesIn(statements.join('\n'))])),
  };
}
