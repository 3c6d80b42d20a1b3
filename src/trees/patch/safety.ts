import path from 'node:path';
import type { PatchedFile } from './parse.js';

/** Beyond these, the system does not find a file by its full path. */
const LONGEST_PATH = 1024;
const MOST_FOLDERS = 100;

/** Why a patch must not be applied, even where git would apply it; null when it may be. */
export function unsafeReason(files: readonly PatchedFile[]): string | null {
  for (const file of files) {
    for (const name of [file.path, file.previousPath ?? file.path]) {
      const reason = unsafePath(name);
      if (reason !== null) return reason;
    }
    if (file.linkTarget !== undefined && leadsOutside(file.path, file.linkTarget)) {
      return escapingLink(file.path, file.linkTarget);
    }
  }
  return null;
}

/** The sentence for a symbolic link that leads out of the tree. */
export function escapingLink(file: string, target: string): string {
  return `escapes the tree: symbolic link ${file} -> ${target}`;
}

/**
 * Whether a symbolic link at `file` leads out of the tree: an absolute target, or more steps up than the
 * file lies deep. A step up after a step down is refused too, since it could pass through another link.
 */
export function leadsOutside(file: string, target: string): boolean {
  const steps = target.split('/');
  const down = steps.findIndex((step) => step !== '..' && step !== '.' && step !== '');
  const climbsAgain = down !== -1 && steps.slice(down).includes('..');
  const resolved = path.posix.join(path.posix.dirname(file), target);
  return path.posix.isAbsolute(target) || climbsAgain || resolved === '..' || resolved.startsWith('../');
}

function unsafePath(name: string): string | null {
  const parts = name.split('/');
  if (path.posix.isAbsolute(name) || parts.includes('..')) return `escapes the tree: ${name}`;
  if (parts.length > MOST_FOLDERS || Buffer.byteLength(name) > LONGEST_PATH)
    return `too large: a path of ${Buffer.byteLength(name)} bytes in ${parts.length - 1} folders`;
  if (parts.some((part) => part.toLowerCase() === '.git')) return `writes into git's own data: ${name}`;
  return null;
}
