import { stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../model/errors.js';
import { cloneFromGitHub } from './clone.js';
import { importDirectory } from './directory.js';
import { ARCHIVE_SUFFIXES, isArchive, unpackArchive } from './archive.js';
import { openRepository, type Repository } from './repository.js';

export interface RepositoryOptions {
  /** Directory of clones, directories and archives given by the user. When given, nothing is downloaded. */
  readonly reposDir?: string;
  /** What a relative path is relative to: the directory of the dataset. Default: the working directory. */
  readonly relativeTo?: string;
  /** Cache for clones, imported directories and unpacked archives. */
  readonly cacheDirectory: string;
  /** Cancels a clone. */
  readonly signal?: AbortSignal;
}

/**
 * Finds the repository that a row names: a path, else an entry of `reposDir`, else a clone from GitHub. The
 * user's own repository is read only.
 * Throws UserError `repository-unavailable` naming what was looked for.
 */
export async function resolveRepository(name: string, options: RepositoryOptions): Promise<Repository> {
  const local = path.resolve(options.relativeTo ?? '.', name);
  if (await exists(local)) return openPath(name, local, options);
  if (options.reposDir !== undefined) return openEntry(name, path.resolve(options.reposDir), options);
  if (/^[\w.][\w.-]*\/[\w.][\w.-]*$/.test(name)) {
    return cloneFromGitHub(name, options.cacheDirectory, options.signal);
  }
  throw new UserError(
    'repository-unavailable',
    `repository ${name}: there is no such path, and it is not of the form owner/name`,
    'Correct the path, or give the directory that holds the repository with --repos-dir.',
  );
}

async function openEntry(name: string, reposDir: string, options: RepositoryOptions): Promise<Repository> {
  if (!(await exists(reposDir))) {
    throw new UserError(
      'repository-unavailable',
      `there is no directory ${reposDir}`,
      'Correct --repos-dir.',
    );
  }
  const names = entryNames(name);
  for (const entry of names) {
    const candidate = path.join(reposDir, entry);
    if (await exists(candidate)) return openPath(name, candidate, options);
  }
  throw new UserError(
    'repository-unavailable',
    `repository ${name}: ${reposDir} holds none of ${names.slice(0, 6).join(', ')}, nor an archive of these names`,
    'Put a clone, directory or archive there (--repos-dir), or leave --repos-dir out to clone from GitHub.',
  );
}

/** What an entry for `owner/name` may be called, in the order of preference. */
function entryNames(name: string): string[] {
  const last = name.slice(name.lastIndexOf('/') + 1);
  const stems = [...new Set([name.replaceAll('/', '__'), name.replaceAll('/', '+'), name, last])];
  const plain = stems.flatMap((stem) => [stem, `${stem}.git`]);
  return [...plain, ...ARCHIVE_SUFFIXES.flatMap((suffix) => stems.map((stem) => stem + suffix))];
}

/** Opens a work tree, a bare clone, a directory holding either as `repo`, an archive, or a plain directory. */
async function openPath(name: string, file: string, options: RepositoryOptions): Promise<Repository> {
  if (isArchive(file)) return openPath(name, await unpackArchive(file, options.cacheDirectory), options);
  for (const gitDir of ['.git', '.', 'repo/.git', 'repo']) {
    const candidate = path.join(file, gitDir);
    const repository = (await exists(candidate)) ? await openRepository(name, candidate, file) : null;
    if (repository !== null) return repository;
  }
  if ((await stat(file)).isDirectory()) return importDirectory(name, file, options.cacheDirectory);
  throw new UserError(
    'repository-unavailable',
    `repository ${name}: ${file} is neither a directory nor an archive (${ARCHIVE_SUFFIXES.join(', ')})`,
    'Give a clone, a directory or an archive.',
  );
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
