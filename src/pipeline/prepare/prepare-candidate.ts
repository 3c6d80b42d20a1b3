import path from 'node:path';
import type { Prediction } from '../../model/instance.js';
import type { Verdict } from '../../model/verdict.js';
import { prepareSide, type PreparedSide } from '../../trees/side-tree.js';
import type { PreparedInstance } from './prepare-instance.js';
import { treeFolder } from './tree-folder.js';

/**
 * Makes the candidate's tree; a patch that does not apply is a verdict, not a failure.
 * @param name what its folder is named after, unique for the instance
 */
export function prepareCandidate(
  { instance, repository, directory }: PreparedInstance,
  prediction: Pick<Prediction, 'patch'>,
  name: string,
): Promise<PreparedSide> {
  return prepareSide({
    repository,
    baseCommit: instance.baseCommit,
    side: 'candidate',
    patch: prediction.patch ?? '',
    testPatch: instance.testPatch,
    version: instance.version,
    workDirectory: path.join(directory, treeFolder(name)),
  });
}

/** The verdict of a pair whose candidate tree cannot be made. */
export function unappliedVerdict(failure: Exclude<PreparedSide, { kind: 'ready' }>): Verdict {
  return failure.kind === 'patch-not-applied'
    ? { outcome: 'not-applied', detail: failure.reason }
    : { outcome: 'unverifiable', reason: 'test-patch-not-applied', detail: failure.reason };
}
