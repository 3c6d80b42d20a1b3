import path from 'node:path';
import type { Definition, Target } from '../model/target.js';
import { python } from '../python/language.js';

/** Where a definition is. */
export interface DefinitionPlace {
  readonly file: string;
  readonly qualname: string;
}

/** The directories of the two compared sides. */
export interface ComparedTrees {
  readonly gold: string;
  readonly candidate: string;
}

const MOST_CALLERS = 20;

/**
 * The frontier of a target: the nearest definitions that both sides have with compatible signatures and that reach the
 * target. That is the target itself (for a nested function, the outermost function around it), or else the definitions
 * that mention it, in its own file or else in its folder.
 */
export async function findFrontier(target: Target, trees: ComparedTrees): Promise<DefinitionPlace[]> {
  const { file } = target;
  const [gold, candidate] = await Promise.all([
    definitionsIn(trees.gold, file),
    definitionsIn(trees.candidate, file),
  ]);
  const qualname = outermostFunction(target.qualname, [gold, candidate]);
  const [here, there] = [gold.get(qualname), candidate.get(qualname)];
  if (here && there && python.compatibleSignatures(here.parameters, there.parameters))
    return [{ file, qualname }];
  const inFile = await callersIn(file, qualname, trees);
  if (inFile.length > 0) return inFile.slice(0, MOST_CALLERS);
  const folder = path.posix.dirname(file);
  const siblings = (await python.listFiles(trees.gold, folder === '.' ? '' : folder)).filter(
    (sibling) => python.isProductCode(sibling) && path.posix.dirname(sibling) === folder,
  );
  const callers: DefinitionPlace[] = [];
  for (const sibling of siblings) {
    if (callers.length >= MOST_CALLERS) break;
    if (sibling !== file) callers.push(...(await callersIn(sibling, qualname, trees)));
  }
  return callers.slice(0, MOST_CALLERS);
}

type Definitions = ReadonlyMap<string, Definition>;

async function definitionsIn(directory: string, file: string): Promise<Definitions> {
  const found = python.findDefinitions(file, (await python.readSource(directory, file)) ?? '');
  return new Map(found.map((definition) => [definition.qualname, definition]));
}

/** The outermost function around `qualname` on either side; `qualname` itself where there is none. */
function outermostFunction(qualname: string, sides: readonly Definitions[]): string {
  const parts = qualname.split('.');
  const around = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  const isFunction = (name: string) =>
    sides.some((side) => ['function', 'method'].includes(side.get(name)?.kind ?? ''));
  return around.find(isFunction) ?? qualname;
}

/** The definitions of a file, present on both sides, that mention `called` in their bodies. */
async function callersIn(file: string, called: string, trees: ComparedTrees): Promise<DefinitionPlace[]> {
  const mentions = python.mentionOf(python.calledName(called));
  const [gold, candidate] = await Promise.all([
    python.readSource(trees.gold, file),
    python.readSource(trees.candidate, file),
  ]);
  if (gold === undefined || candidate === undefined) return [];
  if (!mentions(gold) && !mentions(candidate)) return [];
  const others = new Map(python.findDefinitions(file, candidate).map((each) => [each.qualname, each]));
  return python.findDefinitions(file, gold).flatMap((definition) => {
    const other = others.get(definition.qualname);
    if (!other || definition.qualname === called || definition.kind === 'module') return [];
    const calls = mentions(bodyOf(definition)) || mentions(bodyOf(other));
    const fits = python.compatibleSignatures(definition.parameters, other.parameters);
    return calls && fits ? [{ file, qualname: definition.qualname }] : [];
  });
}

/** The definition's tokens after its own name, so that a definition does not count as a caller of itself. */
function bodyOf({ tokens, qualname }: Definition): string {
  const name = qualname.split('.').at(-1) ?? '';
  return tokens.slice(tokens.indexOf(name) + name.length);
}
