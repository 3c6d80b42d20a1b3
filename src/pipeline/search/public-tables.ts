import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { legible } from '../../platform/byte-text.js';
import { sourceText } from '../../python/source-text.js';
import { moduleName } from '../../python/module-name.js';
import { tablesIn, type Table } from '../../inputs/mutate/public-tables.js';
import type { Target } from '../../model/target.js';

/** The public tables in the files of the targets, as they were before both patches. */
export async function publicTables(directory: string, targets: readonly Target[]): Promise<Table[]> {
  const files = [...new Set(targets.map(({ file }) => file))];
  const tables = await Promise.all(
    files.map(async (file) => {
      const module = moduleName(directory, file);
      if (module === undefined) return [];
      const bytes = await readFile(path.join(directory, file)).catch(() => Buffer.alloc(0));
      const source = legible(sourceText(bytes));
      return tablesIn(source, module);
    }),
  );
  return tables.flat();
}
