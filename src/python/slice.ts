import { ModuleIndex } from './module-index.js';
import { parsePython } from './python-parser.js';

const recent = new Map<string, ModuleIndex>();
const MOST_RECENT = 8;

/**
 * The module-level statements that bind `names`, and those that these need in turn, in their order. Imports are reduced
 * to the names needed, and relative imports made absolute; star imports and `from __future__` are always kept. All
 * statements that bind a needed name are kept. `file` is the path of the module in its tree, which tells its package.
 */
export function slicePrelude(moduleSource: string, file: string, names: Iterable<string>): string {
  return indexModule(moduleSource, file).slice(names);
}

/** The index of a module. The last few are cached, since all tests of a file are sliced from the same module. */
export function indexModule(moduleSource: string, file: string): ModuleIndex {
  const key = `${file}\0${moduleSource}`;
  const index = recent.get(key) ?? new ModuleIndex(parsePython(moduleSource), file);
  recent.delete(key);
  recent.set(key, index);
  for (const oldest of recent.keys()) {
    if (recent.size <= MOST_RECENT) break;
    recent.delete(oldest);
  }
  return index;
}
