import { ModuleIndex } from './module-index.js';
import { parsePython } from './python-parser.js';

const recent = new Map<string, ModuleIndex>();
const MOST_RECENT = 8;

/**
 * The module-level statements that bind `names`, and what those need in turn, in their order: of an import only the
 * names needed, relative imports made absolute, star imports and `from __future__` always. A name bound several
 * times keeps all its binders. `file` is the module's path in its tree, from which its package follows.
 */
export function slicePrelude(moduleSource: string, file: string, names: Iterable<string>): string {
  return indexModule(moduleSource, file).slice(names);
}

/** The index of a module; the last few are kept, since every test of a file is sliced from the same one. */
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
