import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { importDirectory } from '../../src/trees/directory.js';
import { checkOut, type GitTree } from '../../src/trees/git/git-tree.js';
import { temporaryDirectory } from './temporary-directory.js';

/** Contents by relative path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export async function writeFiles(directory: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** Runs git as a user would in `directory` and returns what it printed. */
export async function userGit(directory: string, ...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main'];
  const { stdout } = await execa('git', [...identity, ...args], {
    cwd: directory,
    env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
  return stdout;
}

/** A user's repository with one commit; returns its directory and that commit. */
export async function makeRepository(files: Files): Promise<{ directory: string; commit: string }> {
  const directory = await temporaryDirectory();
  await userGit(directory, 'init', '-q');
  return { directory, commit: await commitFiles(directory, files) };
}

/** Writes files into a user's repository and commits all changes. */
export async function commitFiles(directory: string, files: Files): Promise<string> {
  await writeFiles(directory, files);
  await userGit(directory, 'add', '-A', '-f');
  await userGit(directory, 'commit', '-q', '-m', 'change');
  return userGit(directory, 'rev-parse', 'HEAD');
}

/** A tree of ours holding the files, as `prepareSide` makes them. */
export async function makeTree(files: Files): Promise<GitTree> {
  const root = await temporaryDirectory();
  await writeFiles(path.join(root, 'source'), files);
  const content = await importDirectory('fixture', path.join(root, 'source'), path.join(root, 'cache'));
  const tree = { directory: path.join(root, 'tree'), gitDir: path.join(root, 'git') };
  await checkOut(tree, content.objects, content.content ?? '');
  return tree;
}
