import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bytesOfText } from '../platform/byte-text.js';
import { python } from '../python/language.js';

/**
 * Whether two trees hold the same code in every one of `files`: equal bytes, or source code that
 * differs only in comments, docstrings, layout and names of local variables.
 */
export async function sameCode(
  goldDirectory: string,
  candidateDirectory: string,
  files: readonly string[],
): Promise<boolean> {
  for (const file of files) {
    const [gold, candidate] = await Promise.all([
      readBytes(goldDirectory, file),
      readBytes(candidateDirectory, file),
    ]);
    if (gold && candidate) {
      if (gold.equals(candidate)) continue;
      if (!python.isSourceFile(file)) return false;
      if (python.encodingOf(gold) !== python.encodingOf(candidate)) return false;
      if (!python.areEquivalent(python.sourceText(gold), python.sourceText(candidate))) return false;
      continue;
    }
    if (gold !== candidate) return false;
  }
  return true;
}

async function readBytes(directory: string, file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(bytesOfText(path.join(directory, file)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
