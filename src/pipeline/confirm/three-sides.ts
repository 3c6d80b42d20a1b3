import type { IssueGround } from '../../compare/scope.js';
import type { RunSeeds } from '../../model/options.js';
import type { Target } from '../../model/target.js';
import type { SideProbes } from '../../observe/side-probes.js';

/** What confirming and explaining ask of a side. */
type Asked = Pick<SideProbes, 'observe' | 'observeAlone' | 'verify' | 'plainly'>;

/** The probes of the three sides; base is asked only where the others differ, to tell how. */
export interface ThreeSides {
  readonly targets: readonly Target[];
  readonly ground: IssueGround;
  /** Under which every difference must be there. */
  readonly seeds: RunSeeds;
  readonly base: Asked;
  readonly gold: Asked;
  readonly candidate: Asked;
}
