import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { git } from './git.js';

/** A checked-out directory whose git data lies outside it; both are only patchdiff's. */
export interface GitTree {
  /** Absolute path of the files. */
  readonly directory: string;
  readonly gitDir: string;
}

/** A path that differs between two states; `mode` (octal text) and `blob` are null where it was deleted. */
export interface TreeChange {
  /** POSIX, relative to the tree. */
  readonly path: string;
  readonly kind: 'added' | 'modified' | 'deleted';
  readonly mode: string | null;
  readonly blob: string | null;
}

/** Mode of a symbolic link in a git tree. */
export const SYMLINK_MODE = '120000';

/**
 * Files are checked out byte by byte as they were committed: no line-ending or keyword conversion and no filter,
 * whatever a `.gitattributes` in the repository or brought by a patch asks for.
 */
const RAW_ATTRIBUTES = '* -text -ident -filter !eol !working-tree-encoding\n';

/** Makes an empty git directory that reads objects from `objects` and writes its own. */
export async function initGitDir(gitDir: string, objects?: string): Promise<void> {
  await git(['init', '--quiet', '--bare', '--template=', gitDir]);
  await mkdir(path.join(gitDir, 'info'), { recursive: true });
  await writeFile(path.join(gitDir, 'info', 'attributes'), RAW_ATTRIBUTES);
  if (objects === undefined) return;
  await mkdir(path.join(gitDir, 'objects', 'info'), { recursive: true });
  await writeFile(path.join(gitDir, 'objects', 'info', 'alternates'), `${objects}\n`);
}

/** Runs git, which has to succeed, in the tree. */
export async function gitIn(tree: GitTree, args: readonly string[]): Promise<string> {
  return git(args, { cwd: tree.directory, gitDir: tree.gitDir, workTree: tree.directory });
}

/** Checks out `commit`, found in the object store `objects`, into the new directory of `tree`. */
export async function checkOut(tree: GitTree, objects: string, commit: string): Promise<void> {
  await mkdir(tree.directory, { recursive: true });
  await initGitDir(tree.gitDir, objects);
  await gitIn(tree, ['read-tree', commit]);
  await gitIn(tree, ['checkout-index', '--all', '--index', '--quiet']);
}

/** Records every file as it is now, ignored ones too, and returns the id of that state. */
export async function snapshot(tree: GitTree): Promise<string> {
  await gitIn(tree, ['add', '--all', '--force']);
  return (await gitIn(tree, ['write-tree'])).trim();
}

/** Restores every file of a recorded state and removes all other files. */
export async function restore(tree: GitTree, state: string): Promise<void> {
  await gitIn(tree, ['read-tree', '--reset', '-u', state]);
  await gitIn(tree, ['clean', '-ffdxq']);
}

/** What differs between two states (or commits), sorted by path. */
export async function changesBetween(tree: GitTree, before: string, after: string): Promise<TreeChange[]> {
  const raw = await gitIn(tree, [
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--no-renames',
    '--no-abbrev',
    before,
    after,
  ]);
  const fields = raw.split('\0');
  const changes: TreeChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = '', , blob = '', status] = (fields[at] ?? '').split(' ');
    const gone = status === 'D';
    changes.push({
      path: fields[at + 1] ?? '',
      kind: gone ? 'deleted' : status === 'A' ? 'added' : 'modified',
      mode: gone ? null : mode,
      blob: gone ? null : blob,
    });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}
