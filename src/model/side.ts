import { z } from 'zod';

/** One state of the tree: unpatched, with the gold patch, with the candidate patch. */
export type SideName = 'base' | 'gold' | 'candidate';

export const applyStrategySchema = z.enum([
  'none',
  'git-apply',
  'git-apply-3way',
  'git-apply-reject',
  'patch-fuzz',
  'already-applied',
]);

/** How a patch was applied: the first of the harness's strategies that succeeded; `none` for an empty patch. */
export type ApplyStrategy = z.infer<typeof applyStrategySchema>;

/** A prepared directory holding one side, on the host, without `.git`. */
export interface SideTree {
  readonly side: SideName;
  /** Absolute path on the host. */
  readonly directory: string;
  /** SHA-256 over the paths and contents that differ from the base commit: equal effect, equal hash. */
  readonly effectHash: string;
  /** POSIX paths, relative to the tree, that differ from the base commit (added, changed or deleted). */
  readonly changedFiles: readonly string[];
}
