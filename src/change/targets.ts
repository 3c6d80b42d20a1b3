import type { SideName } from '../model/side.js';
import type { Definition, Target } from '../model/target.js';
import { python } from '../python/language.js';

/** What finding targets needs of one side's tree. */
export interface TreeFiles {
  readonly directory: string;
  /** POSIX paths relative to the tree that differ from the base commit. */
  readonly changedFiles: readonly string[];
}

const SIDES = ['base', 'gold', 'candidate'] as const;

/**
 * The definitions that gold or candidate changed, added or removed against base, in product code. Where only a
 * nested definition changed, that one is the target, not the definitions around it.
 */
export async function findTargets(base: TreeFiles, gold: TreeFiles, candidate: TreeFiles): Promise<Target[]> {
  const files = new Set([...gold.changedFiles, ...candidate.changedFiles].filter(python.isProductCode));
  const targets = await Promise.all(
    [...files].sort().map((file) => targetsOfFile(file, { base, gold, candidate })),
  );
  return targets.flat();
}

async function targetsOfFile(file: string, trees: Readonly<Record<SideName, TreeFiles>>): Promise<Target[]> {
  const [base, gold, candidate] = await Promise.all(
    SIDES.map(async (side) => definitionsOf(file, await python.readSource(trees[side].directory, file))),
  );
  if (!base || !gold || !candidate) return [];
  const qualnames = new Set([...gold.keys(), ...candidate.keys(), ...base.keys()]);
  return [...qualnames].flatMap((qualname) => {
    const definitions = {
      ...definitionOn('base', base.get(qualname)),
      ...definitionOn('gold', gold.get(qualname)),
      ...definitionOn('candidate', candidate.get(qualname)),
    };
    const changedBy = (['gold', 'candidate'] as const).filter(
      (side) => (definitions[side]?.tokens ?? '') !== (definitions.base?.tokens ?? ''),
    );
    const kind = (definitions.gold ?? definitions.candidate ?? definitions.base)?.kind;
    if (changedBy.length === 0 || kind === undefined) return [];
    return [{ id: `${file}::${qualname}`, file, qualname, kind, changedBy, definitions }];
  });
}

function definitionsOf(file: string, source: string | undefined): Map<string, Definition> {
  const definitions = source === undefined ? [] : python.findDefinitions(file, source);
  return new Map(definitions.map((definition) => [definition.qualname, definition]));
}

function definitionOn<S extends SideName>(
  side: S,
  definition: Definition | undefined,
): Partial<Record<S, Definition>> {
  return definition ? ({ [side]: definition } as Record<S, Definition>) : {};
}
