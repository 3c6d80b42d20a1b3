import { InfraError } from '../model/errors.js';

/** What the system says when it runs out of room. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);
/** What it says when a path cannot be written. */
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST']);

/**
 * Turns a full disk or a path that cannot be written into an InfraError naming the path; any other error is
 * returned as it is.
 */
export function diskError(error: unknown, file: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = 'code' in error ? String(error.code) : '';
  if (FULL.has(code)) return new InfraError('disk-full', `no room left to write ${file}`, { cause: error });
  if (FORBIDDEN.has(code))
    return new InfraError('not-writable', `cannot write ${file} (${code})`, { cause: error });
  return error;
}
