import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { InfraError, UserError } from '../model/errors.js';

/** Error codes of a full disk. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);
/** Error codes of a path that cannot be written. */
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST']);
/** With less free than this, the disk counts as full: the smallest instance takes more. */
const LEAST_BYTES = 1024 * 1024;

/**
 * Turns a full disk or a path that cannot be written into an InfraError naming the path; any other error is
 * returned as it is.
 */
export function diskError(error: unknown, file: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = 'code' in error ? String(error.code) : '';
  if (FULL.has(code)) return diskFull(`no room left to write ${file}`, error);
  if (FORBIDDEN.has(code)) {
    const hint = 'Make it writable, or choose another folder.';
    return new InfraError('not-writable', `cannot write ${file} (${code})`, { cause: error, hint });
  }
  return error;
}

/**
 * Makes sure that files can be written below a directory. On a full disk, other programs do not always say why they
 * failed, and code under test behaves differently.
 * @throws InfraError `disk-full`
 */
export async function requireRoom(directory: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < LEAST_BYTES) throw diskFull(`no room left in ${directory}`);
}

/**
 * Makes sure that a folder that is in use is still there: without it every later step would fail, each with words of its own.
 * @throws UserError `scratch-gone`
 */
export function requireFolder(directory: string): void {
  if (existsSync(directory)) return;
  throw new UserError(
    'scratch-gone',
    `the folder ${directory} was removed while it was in use`,
    'Run the same command again, with TMPDIR set to a folder that nothing cleans up; what is done is kept.',
  );
}

const diskFull = (message: string, cause?: Error): InfraError =>
  new InfraError('disk-full', message, {
    cause,
    hint: 'Free some space there and run the same command again; what is done is kept.',
  });
