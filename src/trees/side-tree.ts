import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ApplyStrategy, SideName, SideTree } from '../model/side.js';
import { applyPatch } from './patch/apply.js';
import { parsePatch } from './patch/parse.js';
import { diskError } from '../platform/disk-error.js';
import { changesBetween, checkOut, gitIn, snapshot, type GitTree, type TreeChange } from './git/git-tree.js';
import { resolveCommit, type Repository } from './repository.js';
import { writeVersionFile } from './version-file.js';

export interface SideRequest {
  readonly repository: Repository;
  readonly baseCommit: string;
  readonly side: SideName;
  /** Gold or candidate patch; empty for the base side. */
  readonly patch: string;
  /** Applied last; empty for none. */
  readonly testPatch: string;
  /** The benchmark's version of the project. */
  readonly version?: string | undefined;
  /** New directory that the caller removes; the files are put into `tree` below it. */
  readonly workDirectory: string;
}

export type PreparedSide =
  | {
      readonly kind: 'ready';
      readonly tree: SideTree;
      readonly strategy: ApplyStrategy;
      /** POSIX paths that the side's own patch changed, also those that the test patch changed afterwards. */
      readonly patchedFiles: readonly string[];
    }
  | { readonly kind: 'patch-not-applied'; readonly reason: string }
  | { readonly kind: 'test-patch-not-applied'; readonly reason: string };

/**
 * Prepares one side as the benchmark prescribes: the base commit, the side's patch, then the files of the
 * test patch as they are in the base commit, then the test patch. The tree is independent of every other
 * and holds no git data. Throws UserError (`commit-missing`) and InfraError (git, disk); a side that does not
 * become ready leaves nothing behind.
 */
export async function prepareSide(request: SideRequest): Promise<PreparedSide> {
  const base = await resolveCommit(request.repository, request.baseCommit);
  const root = path.resolve(request.workDirectory);
  const tree: GitTree = { directory: path.join(root, 'tree'), gitDir: path.join(root, 'git') };
  let ready = false;
  try {
    await mkdir(root, { recursive: true });
    await checkOut(tree, request.repository.objects, base);
    const prepared = await applyBoth(tree, base, request);
    ready = prepared.kind === 'ready';
    if (ready) await writeVersionFile(tree.directory, request.version);
    return prepared;
  } catch (error) {
    throw diskError(error, root);
  } finally {
    await rm(tree.gitDir, { recursive: true, force: true });
    if (!ready) await rm(tree.directory, { recursive: true, force: true });
  }
}

/** Writes the files of a commit below a directory, and returns where. Errors as for `prepareSide`. */
export async function treeOf(
  repository: Repository,
  baseCommit: string,
  workDirectory: string,
): Promise<string> {
  const side = { side: 'base', patch: '', testPatch: '' } as const;
  const prepared = await prepareSide({ ...side, repository, baseCommit, workDirectory });
  if (prepared.kind !== 'ready') throw new Error(prepared.reason);
  return prepared.tree.directory;
}

async function applyBoth(tree: GitTree, base: string, request: SideRequest): Promise<PreparedSide> {
  const own = await applyPatch(tree, request.patch, base);
  if (own.kind === 'rejected') return { kind: 'patch-not-applied', reason: own.reason };
  const reset = await resetTestFiles(tree, base, own.state, request.testPatch);
  const tests = await applyPatch(tree, request.testPatch, reset);
  if (tests.kind === 'rejected') return { kind: 'test-patch-not-applied', reason: tests.reason };
  const changed = await changesBetween(tree, base, tests.state);
  return {
    kind: 'ready',
    strategy: own.strategy,
    patchedFiles: own.changes.map((change) => change.path),
    tree: {
      side: request.side,
      directory: tree.directory,
      effectHash: effectHash(own.changes),
      changedFiles: changed.map((change) => change.path),
    },
  };
}

/**
 * Restores the files that the test patch names from the base commit, and removes those that it does not have. Takes and
 * returns the id of the tree's state.
 */
async function resetTestFiles(
  tree: GitTree,
  base: string,
  state: string,
  testPatch: string,
): Promise<string> {
  const named = parsePatch(testPatch).flatMap(({ path: file, previousPath }) => [file, previousPath ?? file]);
  const differing = await changesBetween(tree, base, state);
  const touched = differing.filter((change) => named.includes(change.path));
  for (const change of touched) {
    const reset = change.kind === 'added' ? ['rm', '-f', '-q'] : ['checkout', '-q', base];
    await gitIn(tree, [...reset, '--', change.path]);
  }
  return touched.length === 0 ? state : snapshot(tree);
}

/** SHA-256 over paths, modes and contents (by their git id) that a patch changed. */
function effectHash(changes: readonly TreeChange[]): string {
  const lines = changes.map(({ path: file, mode, blob }) => JSON.stringify([file, mode, blob]));
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
