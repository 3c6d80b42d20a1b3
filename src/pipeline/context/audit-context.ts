import type { Engine, Side } from '../../observe/engine/engine.js';
import type { Instance } from '../../model/instance.js';
import type { SideEnvironment } from '../../model/recipe.js';
import type { SideTree } from '../../model/side.js';
import type { PairRecord } from '../../model/verdict.js';
import type { Repository } from '../../trees/repository.js';
import type { AuditListener } from '../../model/events.js';
import type { AuditOptions } from '../../model/options.js';
import type { ResultStore } from '../../model/result-store.js';

/** What an audit is given to work with; one for a whole run. */
export interface AuditContext {
  readonly engine: Engine;
  /** Finds the repository of an instance: local, from `--repos-dir`, or cloned. */
  readonly repositoryOf: (instance: Instance) => Promise<Repository>;
  /** The environment of an instance after the command line's overrides; made first where that is asked for. */
  readonly environmentOf: (instance: Instance) => Promise<SideEnvironment>;
  /** Puts into a tree what its environment needs there beside the sources, before a side is opened on it. */
  readonly completeTree?: (tree: SideTree, environment: SideEnvironment) => Promise<void>;
  /** Builds on an opened side what its environment does not have for this state of the tree. */
  readonly completeSide?: (side: Side, tree: SideTree, environment: SideEnvironment) => Promise<void>;
  /** What the report says of that environment; says so where it cannot be had. */
  readonly identify: (instance: Instance) => Promise<Omit<PairRecord['environment'], 'engine'>>;
  /**
   * Hash of what an instance is run on, beyond its row: the commit, the engine, and what is installed for the
   * interpreter. Null where that cannot be told.
   */
  readonly contentOf: (instance: Instance) => Promise<string | null>;
  /** Hash of the probe's sources. */
  readonly probe: string;
  /** Hash of this program. */
  readonly program: string;
  /** Where results of other runs are; null when none may be reused. */
  readonly results: ResultStore | null;
  /** Trees and scratch files are made below this directory, which the caller removes. */
  readonly workDirectory: string;
  /** Told each instance that is going to be worked on, before the first is. */
  readonly expect?: (instance: Instance) => void;
  /** Told that the work on an instance has ended, and whether a pair of it could be judged. */
  readonly release?: (instance: Instance, judged: boolean) => Promise<void>;
  readonly options: AuditOptions;
  readonly listen: AuditListener;
  readonly signal: AbortSignal;
}
