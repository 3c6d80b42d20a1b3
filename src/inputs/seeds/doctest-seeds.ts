import { BUILTIN_NAMES } from '../../python/builtin-names.js';
import { freeNames } from '../../python/names.js';
import { indexModule } from '../../python/slice.js';
import type { Seed } from '../../model/input.js';
import type { Definition } from '../../model/target.js';
import { parsableStatements, withLastValue } from './statements.js';
import { typedIn } from './transcript.js';

/**
 * The `>>>` examples of a definition's docstring as one seed (none without examples). Names that the examples use
 * without binding them are imported from the definition's module if it has them. Leaves out examples marked `+SKIP`.
 */
export function seedsFromDocstring(definition: Definition, moduleName: string, moduleSource: string): Seed[] {
  const examples = typedIn(definition.docstring ?? '').filter(
    (example) => !/#\s*doctest:.*\+SKIP/.test(example),
  );
  const statements = withLastValue(examples.flatMap(parsableStatements));
  if (statements.length === 0) return [];
  const module = indexModule(moduleSource, definition.file);
  const free = [...freeNames(statements.join('\n'))].filter((name) => !BUILTIN_NAMES.has(name));
  const names = free.filter((name) => module.binds(name)).sort();
  return [
    {
      id: `doctest:${definition.file}::${definition.qualname}`,
      origin: 'doctest',
      file: definition.file,
      line: definition.startLine,
      label: definition.qualname,
      prelude: names.length > 0 ? `from ${moduleName} import ${names.join(', ')}` : '',
      setUp: [],
      statements,
    },
  ];
}
