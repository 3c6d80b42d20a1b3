import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bytesOfText } from '../platform/byte-text.js';
import { python } from '../python/language.js';

/**
 * In what two trees differ: `nothing` that any code can see; `documentation`, which code that reads docstrings can; or
 * `code`.
 */
export type CodeDifference = 'nothing' | 'documentation' | 'code';

/** Encodings of which every character is what it seems. In others a comment can hold the line that follows it. */
const PLAIN = /^(utf-?8|latin-?1|iso-?8859-?1|us-ascii|ascii)$/;

/**
 * Compares the files of two trees: equal bytes, or source code that differs only in comments, docstrings, layout and names
 * of local variables.
 */
export async function codeDifference(
  goldDirectory: string,
  candidateDirectory: string,
  files: readonly string[],
): Promise<CodeDifference> {
  let found: CodeDifference = 'nothing';
  for (const file of files) {
    const [gold, candidate] = await Promise.all([
      readBytes(goldDirectory, file),
      readBytes(candidateDirectory, file),
    ]);
    if (!gold || !candidate) {
      if (gold !== candidate) return 'code';
      continue;
    }
    if (gold.equals(candidate)) continue;
    if (!python.isSourceFile(file)) return 'code';
    const encodings = [gold, candidate].map((bytes) => python.encodingOf(bytes));
    if (encodings[0] !== encodings[1] || !PLAIN.test(encodings[0] ?? '')) return 'code';
    const [theirs, own] = [python.sourceText(gold), python.sourceText(candidate)];
    if (!python.areEquivalent(theirs, own)) return 'code';
    if (!python.haveSameDocumentation(theirs, own)) found = 'documentation';
  }
  return found;
}

/** Whether any code of a tree can see docstrings. */
export async function showsDocumentation(directory: string): Promise<boolean> {
  for (const file of await python.listFiles(directory)) {
    if (python.readsDocumentation((await python.readSource(directory, file)) ?? '')) return true;
  }
  return false;
}

async function readBytes(directory: string, file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(bytesOfText(path.join(directory, file)));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}
