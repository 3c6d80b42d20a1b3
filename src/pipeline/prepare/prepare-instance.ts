import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Side } from '../../observe/engine/engine.js';
import type { Instance } from '../../model/instance.js';
import type { SideEnvironment } from '../../model/recipe.js';
import type { ApplyStrategy, SideTree } from '../../model/side.js';
import type { Repository } from '../../trees/repository.js';
import { prepareSide } from '../../trees/side-tree.js';
import { fileName } from '../../platform/escape/file-name.js';
import { treeFolder } from './tree-folder.js';
import { announce } from '../context/announce.js';
import type { AuditContext } from '../context/audit-context.js';
import { Unjudgeable } from '../../model/unjudgeable.js';

/** The trees of an instance that all its candidates share. */
export interface PreparedInstance {
  readonly instance: Instance;
  readonly repository: Repository;
  readonly environment: SideEnvironment;
  readonly base: SideTree;
  readonly gold: SideTree;
  readonly goldStrategy: ApplyStrategy;
  /** Opens a side of this instance; closed with the instance. */
  readonly open: (tree: SideTree) => Promise<Side>;
  readonly directory: string;
  dispose(): Promise<void>;
}

/**
 * Makes the base and gold trees, each with the test patch on top.
 * @throws Unjudgeable when gold or the test patch does not apply.
 */
export async function prepareInstance(instance: Instance, context: AuditContext): Promise<PreparedInstance> {
  announce(context, instance.instanceId, null, 'prepare');
  if (instance.goldPatch.trim() === '')
    throw new Unjudgeable('gold-not-applied', 'the dataset gives no gold patch for it');
  const directory = path.join(context.workDirectory, fileName(instance.instanceId));
  await mkdir(directory, { recursive: true });
  const repository = await context.repositoryOf(instance);
  const environment = await context.environmentOf(instance);
  const sides = new Set<Side>();
  const tree = (side: 'base' | 'gold', patch: string) =>
    prepareSide({
      repository,
      baseCommit: instance.baseCommit,
      side,
      patch,
      testPatch: instance.testPatch,
      version: instance.version,
      workDirectory: path.join(directory, treeFolder(side)),
    });
  const base = await tree('base', '');
  if (base.kind !== 'ready') throw new Unjudgeable('test-patch-not-applied', base.reason);
  const gold = await tree('gold', instance.goldPatch);
  if (gold.kind === 'patch-not-applied') throw new Unjudgeable('gold-not-applied', gold.reason);
  if (gold.kind === 'test-patch-not-applied') throw new Unjudgeable('test-patch-not-applied', gold.reason);
  return {
    instance,
    repository,
    environment,
    base: base.tree,
    gold: gold.tree,
    goldStrategy: gold.strategy,
    directory,
    async open(sideTree) {
      await context.completeTree?.(sideTree, environment);
      const side = await context.engine.openSide(sideTree, environment);
      sides.add(side);
      await context.completeSide?.(side, sideTree, environment);
      return side;
    },
    async dispose() {
      await Promise.allSettled([...sides].map((side) => side.dispose()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
