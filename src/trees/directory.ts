import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { diskError } from '../platform/disk-error.js';
import { git } from './git/git.js';
import { initGitDir } from './git/git-tree.js';
import type { Repository } from './repository.js';

/**
 * Records the files of a plain directory (without `__pycache__`) as a tree in a git directory in the cache.
 * The directory itself is only read.
 */
export async function importDirectory(
  name: string,
  directory: string,
  cacheDirectory: string,
): Promise<Repository> {
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  const gitDir = path.join(path.resolve(cacheDirectory), `${path.basename(directory)}-${hash}.git`);
  await mkdir(path.dirname(gitDir), { recursive: true }).catch((error: unknown) => {
    throw diskError(error, gitDir);
  });
  await initGitDir(gitDir);
  const indexFile = path.join(gitDir, `index-${randomUUID()}`);
  const options = { cwd: directory, gitDir, workTree: directory, indexFile };
  try {
    await git(
      ['--no-literal-pathspecs', 'add', '--all', '--force', '.', ':(exclude,glob)**/__pycache__/**'],
      options,
    );
    const content = (await git(['write-tree'], options)).trim();
    return { name, gitDir, objects: path.join(gitDir, 'objects'), origin: directory, content };
  } finally {
    await rm(indexFile, { force: true });
  }
}
