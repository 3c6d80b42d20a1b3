import path from 'node:path';
import type { Definition, Target } from '../model/target.js';
import { findDefinitions, MODULE } from '../python/definitions.js';
import { compatibleSignatures } from '../python/parameters.js';
import { isProductCode, listPythonFiles, readSource } from '../python/source-files.js';

/** A definition by where it is. */
export interface DefinitionPlace {
  readonly file: string;
  readonly qualname: string;
}

/** Directories of the two sides that are compared. */
export interface ComparedTrees {
  readonly gold: string;
  readonly candidate: string;
}

const MOST_CALLERS = 20;

/**
 * The nearest code that both sides have with a compatible signature and from which a target is reached: the target
 * itself (of a function inside another, the one around it), else the definitions that name it, in its own file or else in its folder.
 */
export async function findFrontier(target: Target, trees: ComparedTrees): Promise<DefinitionPlace[]> {
  const { file } = target;
  const [gold, candidate] = await Promise.all([
    definitionsIn(trees.gold, file),
    definitionsIn(trees.candidate, file),
  ]);
  const qualname = outermostFunction(target.qualname, [gold, candidate]);
  const [here, there] = [gold.get(qualname), candidate.get(qualname)];
  if (here && there && compatibleSignatures(here.parameters, there.parameters)) return [{ file, qualname }];
  const inFile = await callersIn(file, qualname, trees);
  if (inFile.length > 0) return inFile.slice(0, MOST_CALLERS);
  const folder = path.posix.dirname(file);
  const siblings = (await listPythonFiles(trees.gold, folder === '.' ? '' : folder)).filter(
    (sibling) => isProductCode(sibling) && path.posix.dirname(sibling) === folder,
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
  const found = findDefinitions(file, (await readSource(directory, file)) ?? '');
  return new Map(found.map((definition) => [definition.qualname, definition]));
}

/** The function that holds `qualname`, however deep, on either side; `qualname` itself where none does. */
function outermostFunction(qualname: string, sides: readonly Definitions[]): string {
  const parts = qualname.split('.');
  const around = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  const isFunction = (name: string) =>
    sides.some((side) => ['function', 'method'].includes(side.get(name)?.kind ?? ''));
  return around.find(isFunction) ?? qualname;
}

/** The definitions of a file, on both sides, that name `called` in their bodies. */
async function callersIn(file: string, called: string, trees: ComparedTrees): Promise<DefinitionPlace[]> {
  const mention = new RegExp(`(?<![\\p{L}\\p{N}_])${calledName(called)}(?![\\p{L}\\p{N}_])`, 'u');
  const [gold, candidate] = await Promise.all([
    readSource(trees.gold, file),
    readSource(trees.candidate, file),
  ]);
  if (gold === undefined || candidate === undefined) return [];
  if (!mention.test(gold) && !mention.test(candidate)) return [];
  const others = new Map(findDefinitions(file, candidate).map((each) => [each.qualname, each]));
  return findDefinitions(file, gold).flatMap((definition) => {
    const other = others.get(definition.qualname);
    if (!other || definition.qualname === called || definition.qualname === MODULE) return [];
    const calls = mention.test(bodyOf(definition)) || mention.test(bodyOf(other));
    const fits = compatibleSignatures(definition.parameters, other.parameters);
    return calls && fits ? [{ file, qualname: definition.qualname }] : [];
  });
}

/** A constructor is called by its class's name. */
function calledName(qualname: string): string {
  const parts = qualname.split('.');
  const last = parts.at(-1) ?? '';
  return /^__(init|new|call)__$/.test(last) ? (parts.at(-2) ?? last) : last;
}

/** Tokens after the definition's own name. */
function bodyOf({ tokens, qualname }: Definition): string {
  const name = qualname.split('.').at(-1) ?? '';
  return tokens.slice(tokens.indexOf(name) + name.length);
}
