import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { legible } from '../../platform/byte-text.js';
import { sourceText } from '../../python/source-text.js';
import type { SourceFile } from '../../inputs/seeds/test-seeds.js';

/** The `conftest.py` files that apply to a test file, nearest first. */
export async function conftestsOf(directory: string, file: string): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const conftest = path.posix.join(folder, 'conftest.py');
    if (existsSync(path.join(directory, conftest)))
      found.push({ file: conftest, source: await readText(directory, conftest) });
    if (folder === '.') return found;
  }
}

/** The text of a source file of a tree, in the encoding that it declares. */
export const readText = async (directory: string, file: string): Promise<string> =>
  legible(sourceText(await readFile(path.join(directory, file))));
