import path from 'node:path';
import { actsEverywhere, canMatter, steeringFiles, type SteeringFile } from '../../change/steering.js';
import { withTestSettingsOf } from '../../change/test-settings.js';
import type { Prediction } from '../../model/instance.js';
import type { SideTree } from '../../model/side.js';
import { python } from '../../python/language.js';
import { putFile, takeFiles } from '../../trees/take-files.js';
import { prepareCandidate } from './prepare-candidate.js';
import type { PreparedInstance } from './prepare-instance.js';

/** The trees of a candidate, by how the files that steer tests are in them; one and the same where it changes none. */
export interface CandidateTrees {
  /** As its patch makes them. */
  readonly own: SideTree;
  /** As gold has them, but for those that act outside tests too. */
  readonly observed: SideTree;
  /** As gold has them. */
  readonly tested: SideTree;
  /** Those that are not as gold has them. */
  readonly steering: readonly SteeringFile[];
}

/**
 * Makes the trees that a candidate is judged by: where its patch changes files that steer tests, copies of its tree in which
 * these are gold's.
 * @param name of the folder of its own tree
 */
export async function candidateTrees(
  prepared: PreparedInstance,
  prediction: Pick<Prediction, 'patch'>,
  own: SideTree,
  name: string,
): Promise<CandidateTrees> {
  const { gold } = prepared;
  const steering = await steeringFiles(gold, own);
  const mending = async (files: readonly SteeringFile[], suffix: string): Promise<SideTree> => {
    if (files.length === 0) return own;
    const copy = await prepareCandidate(prepared, prediction, `${name}-${suffix}`);
    if (copy.kind !== 'ready') throw new Error(`the patch applied once and not again: ${copy.reason}`);
    const { directory } = copy.tree;
    const mixed = files.filter(({ kind }) => kind === 'test-configuration').map(({ file }) => file);
    const taken = files.map(({ file }) => file).filter((file) => !mixed.includes(file));
    await takeFiles(gold.directory, directory, taken);
    for (const file of mixed) {
      const versions = [gold.directory, own.directory].map((tree) => python.readSource(tree, file));
      const text = withTestSettingsOf(path.posix.basename(file), await versions[0], await versions[1]);
      if (text === undefined) await takeFiles(gold.directory, directory, [file]);
      else await putFile(directory, file, text);
    }
    const changedFiles = own.changedFiles.filter(
      (file) => !taken.includes(file) || gold.changedFiles.includes(file),
    );
    return { ...copy.tree, changedFiles };
  };
  const inTests = steering.filter((one) => !actsEverywhere(one));
  const observed = await mending(inTests, 'observed');
  const tested = inTests.length === steering.length ? observed : await mending(steering, 'tested');
  return { own, observed, tested, steering };
}

/** Whether what the candidate changes of the files that steer tests can change what the benchmark's tests say. */
export const ownFilesMatter = ({ steering }: Pick<CandidateTrees, 'steering'>): boolean =>
  steering.some(canMatter);
