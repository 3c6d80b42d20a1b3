import type { GitResult } from '../git/git.js';
import type { PatchedFile } from './parse.js';

/**
 * Why no strategy could apply the patch, in git's words: its errors (which name file and line), the hunks that
 * `--reject` gave back, and binary files whose content the patch leaves out.
 */
export function rejectionReason(attempts: readonly GitResult[], files: readonly PatchedFile[]): string {
  const [plain, , reject, fuzz] = attempts;
  const reasons = [
    ...files
      .filter((file) => file.binary === 'stub')
      .map((file) => `binary change of ${file.path} without its content`),
    ...errorsOf(plain?.stderr ?? ''),
    ...rejectedHunks(reject?.stderr ?? ''),
    ...errorsOf(fuzz?.stderr ?? ''),
  ];
  return reasons.length === 0 ? 'the patch does not apply' : [...new Set(reasons)].join('; ');
}

function errorsOf(stderr: string): string[] {
  return [...stderr.matchAll(/^error: (?!while searching for)(.*)$/gm)].map(([, text = '']) => text);
}

/** `Applying patch F with 1 reject...` is followed by a line per hunk. */
function rejectedHunks(stderr: string): string[] {
  const reasons: string[] = [];
  let file = '';
  for (const line of stderr.split('\n')) {
    file = /^Applying patch (.+) with \d+ rejects?\.\.\.$/.exec(line)?.[1] ?? file;
    const hunk = /^Rejected hunk #(\d+)\.$/.exec(line)?.[1];
    if (hunk !== undefined) reasons.push(`${file}: hunk ${hunk} rejected`);
  }
  return reasons;
}
