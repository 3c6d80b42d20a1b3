import { InfraError } from '../../../model/errors.js';
import type { SideTree } from '../../../model/side.js';
import { packDirectory, packEmpty, packFiles } from './archive.js';
import type { SideContainer } from './containers.js';
import type { ImageSurvey } from './docker-survey.js';
import { PROBE_NAME, PROBE_SOURCES, renamedSource } from '../probe-directory.js';

/**
 * Where things are in a container, relative to its root directory: by names that say nothing of this tool, and the tree where
 * the images of the benchmark have it.
 */
export const PLACES = { probe: 'srv/lib', scratch: 'srv/data', tree: 'testbed' } as const;

/** A container with a side's tree and the probe in it. */
export interface FilledContainer {
  readonly container: SideContainer;
  readonly survey: ImageSurvey;
  /** Directory of the tree. */
  readonly root: string;
}

const REMOVE_TRACKED = 'cd "$1" && tr "\\n" "\\0" <"$2" | xargs -0 rm -f --';
const REMOVE = 'cd "$1" && shift && rm -rf -- "$@"';
/** Keeps command lines well below what systems allow. */
const FILES_AT_A_TIME = 500;

/**
 * Copies the probe and a tree into a container. Where the image holds the repository, only the files that
 * differ from the base commit are replaced or removed there, so that what was built beside them stays; where it
 * holds another state of the repository, all of its files are.
 * @throws InfraError `container-failed`
 */
export async function fillContainer(
  container: SideContainer,
  survey: ImageSurvey,
  tree: SideTree,
): Promise<FilledContainer> {
  const probe = packDirectory(PROBE_SOURCES, `${PLACES.probe}/${PROBE_NAME}`, renamedSource);
  await container.put(probe, '/');
  await container.put(packEmpty(PLACES.scratch), '/');
  if (survey.repository !== undefined) {
    if (survey.tracked === undefined) await overlay(container, survey.repository, tree);
    else await replaceTree(container, survey.repository, survey.tracked, tree);
    return { container, survey, root: survey.repository };
  }
  await container.put(packDirectory(tree.directory, PLACES.tree), '/');
  return { container, survey, root: `/${PLACES.tree}` };
}

async function replaceTree(
  container: SideContainer,
  repository: string,
  tracked: string,
  tree: SideTree,
): Promise<void> {
  const removed = await container.script(REMOVE_TRACKED, [repository, tracked]);
  if (removed.exitCode !== 0) throw notReplaced(removed.stderr);
  await container.put(packDirectory(tree.directory, '.'), repository);
}

const notReplaced = (stderr: string): InfraError =>
  new InfraError('container-failed', `files of the image cannot be replaced: ${stderr.trim()}`);

async function overlay(container: SideContainer, repository: string, tree: SideTree): Promise<void> {
  const { changedFiles: files, directory } = tree;
  for (let start = 0; start < files.length; start += FILES_AT_A_TIME) {
    const removed = await container.script(REMOVE, [
      repository,
      ...files.slice(start, start + FILES_AT_A_TIME),
    ]);
    if (removed.exitCode !== 0) throw notReplaced(removed.stderr);
  }
  await container.put(packFiles(directory, files), repository);
}
