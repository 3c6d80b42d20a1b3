import { InfraError } from '../../../model/errors.js';
import type { SideTree } from '../../../model/side.js';
import { packDirectory, packFiles } from './archive.js';
import { PLACES, ROOT, UNPRIVILEGED, type SideContainer } from './containers.js';
import type { ImageSurvey } from './docker-survey.js';
import { PROBE_NAME, PROBE_SOURCES, renamedSource } from '../probe-directory.js';

/** A container with a side's tree and the probe in it. */
export interface FilledContainer {
  readonly container: SideContainer;
  readonly survey: ImageSurvey;
  /** Directory of the tree. */
  readonly root: string;
}

/** Folders only: a change of a file's mode would copy the file. */
const OPEN_FOLDERS = 'find "$1" -name .git -prune -o -type d -exec chmod a+rwx {} +';
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
  const probe = packDirectory(PROBE_SOURCES, PROBE_NAME, ROOT, renamedSource);
  await container.unpack(probe, PLACES.probe, survey.python, ROOT);
  if (survey.repository !== undefined) {
    if (survey.tracked === undefined) await overlay(container, survey.repository, tree);
    else await replaceTree(container, survey.repository, survey.tracked, tree);
    return { container, survey, root: survey.repository };
  }
  await container.unpack(packDirectory(tree.directory, '.'), PLACES.tree, survey.python, UNPRIVILEGED);
  return { container, survey, root: PLACES.tree };
}

/** Lets the user that code under test runs as make, replace and remove files in a tree that belongs to root. */
async function openFolders(container: SideContainer, repository: string): Promise<void> {
  const opened = await container.script(OPEN_FOLDERS, [repository]);
  if (opened.exitCode !== 0) throw notReplaced(opened.stderr);
}

async function replaceTree(
  container: SideContainer,
  repository: string,
  tracked: string,
  tree: SideTree,
): Promise<void> {
  const removed = await container.script(REMOVE_TRACKED, [repository, tracked]);
  if (removed.exitCode !== 0) throw notReplaced(removed.stderr);
  await openFolders(container, repository);
  await container.put(packDirectory(tree.directory, '.', UNPRIVILEGED), repository);
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
  await container.put(packFiles(directory, files, UNPRIVILEGED), repository);
  await openFolders(container, repository);
}
