import type { Table } from '../../inputs/mutate/public-tables.js';
import type { AuditOptions } from '../../model/options.js';
import type { SideTree } from '../../model/side.js';
import type { Target } from '../../model/target.js';
import { differMarkedly } from '../../compare/compare.js';
import { signatureOfObserved, type Observed, type PairObserver } from '../../observe/pair-observer.js';
import type { SeedBank } from '../seeds/seed-bank.js';
import type { SearchBudget } from '../seeds/seed-round.js';
import type { FixEvidence } from './fix-evidence.js';
import { frontierPlaces, type FrontierPlace } from './frontier-calls.js';
import { publicTables } from './public-tables.js';

/** Kinds of divergence that are more than a pair will be shown: enough to end the search. */
const ENOUGH_KINDS = 12;

/** Where a search looks. */
export interface SearchSpace {
  readonly bank: SeedBank;
  readonly targets: readonly Target[];
  /** Public tables in the files of the targets. */
  readonly tables: readonly Table[];
  /** Where calls can be caught on their way to a target. */
  readonly places: readonly FrontierPlace[];
}

/** What a search works with. */
export interface SearchTools {
  readonly observer: PairObserver;
  readonly fix: FixEvidence;
  readonly budget: SearchBudget;
  readonly options: Pick<AuditOptions, 'seed' | 'mutants' | 'secondsPerInput'>;
}

/** The space in which gold and one candidate are compared. */
export async function searchSpace(
  bank: SeedBank,
  targets: readonly Target[],
  trees: { readonly base: SideTree; readonly gold: SideTree; readonly candidate: SideTree },
): Promise<SearchSpace> {
  const tables = await publicTables(trees.base.directory, targets);
  const directories = { gold: trees.gold.directory, candidate: trees.candidate.directory };
  return { bank, targets, tables, places: await frontierPlaces(targets, directories) };
}

/**
 * Whether more kinds of divergence were seen than will be shown; those that only a contrived input shows do not count,
 * and neither do those in the last digits of numbers.
 */
export function hasEnoughKinds(observed: readonly Observed[]): boolean {
  const kinds = observed
    .filter(({ input, comparison }) => input.domain !== 'contrived' && differMarkedly(comparison))
    .map(signatureOfObserved)
    .filter((signature) => signature !== '');
  return new Set(kinds).size >= ENOUGH_KINDS;
}
