import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { UserError } from '../model/errors.js';
import { buildOnce } from '../platform/build-once.js';

/** Archives that hold a repository, or the files of one. */
export const ARCHIVE_SUFFIXES = ['.tar.gz', '.tgz', '.tar', '.zip'] as const;

export function isArchive(file: string): boolean {
  return ARCHIVE_SUFFIXES.some((suffix) => file.endsWith(suffix));
}

/**
 * Unpacks an archive into the cache, once for every version of the file, and returns the directory that
 * holds its content: the only top-level directory where there is just one.
 * Throws UserError `archive-unreadable` with the message of `tar` or Python's `zipfile`.
 */
export async function unpackArchive(file: string, cacheDirectory: string): Promise<string> {
  const facts = await stat(file);
  const version = createHash('sha256')
    .update(`${file}\0${facts.size}\0${facts.mtimeMs}`)
    .digest('hex')
    .slice(0, 16);
  const target = path.join(cacheDirectory, `${path.basename(file)}-${version}`);
  await buildOnce(target, async (directory) => {
    const result = file.endsWith('.zip')
      ? await execa('python3', ['-m', 'zipfile', '-e', file, directory], { reject: false })
      : await execa('tar', ['-xf', file, '-C', directory, '--no-same-owner'], { reject: false });
    if (result.failed) {
      const words = result.stderr.trim().split('\n').at(-1) ?? '';
      throw new UserError('archive-unreadable', `cannot unpack ${file}: ${words || result.shortMessage}`);
    }
  });
  const entries = await readdir(target, { withFileTypes: true });
  const [only] = entries;
  return entries.length === 1 && only?.isDirectory() === true && only.name !== '.git'
    ? path.join(target, only.name)
    : target;
}
