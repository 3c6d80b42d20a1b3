import path from 'node:path';
import type { Definition, Target } from '../model/target.js';
import { findDefinitions, MODULE } from './definitions.js';
import { compatibleSignatures } from './parameters.js';
import { isProductCode, listPythonFiles, readSource } from './source-files.js';

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
 * itself, else the definitions that name it, in its own file or else in its folder.
 */
export async function findFrontier(target: Target, trees: ComparedTrees): Promise<DefinitionPlace[]> {
  const { gold, candidate } = target.definitions;
  if (gold && candidate && compatibleSignatures(gold.parameters, candidate.parameters)) {
    return [{ file: target.file, qualname: target.qualname }];
  }
  const inFile = await callersIn(target.file, target, trees);
  if (inFile.length > 0) return inFile.slice(0, MOST_CALLERS);
  const folder = path.posix.dirname(target.file);
  const siblings = (await listPythonFiles(trees.gold, folder === '.' ? '' : folder)).filter(
    (file) => isProductCode(file) && path.posix.dirname(file) === folder,
  );
  const callers: DefinitionPlace[] = [];
  for (const file of siblings) {
    if (callers.length >= MOST_CALLERS) break;
    if (file !== target.file) callers.push(...(await callersIn(file, target, trees)));
  }
  return callers.slice(0, MOST_CALLERS);
}

async function callersIn(file: string, target: Target, trees: ComparedTrees): Promise<DefinitionPlace[]> {
  const called = calledName(target.qualname);
  const [gold, candidate] = await Promise.all([
    readSource(trees.gold, file),
    readSource(trees.candidate, file),
  ]);
  if (gold === undefined || candidate === undefined) return [];
  const mention = new RegExp(`(?<![\\p{L}\\p{N}_])${called}(?![\\p{L}\\p{N}_])`, 'u');
  if (!mention.test(gold) && !mention.test(candidate)) return [];
  const others = new Map(findDefinitions(file, candidate).map((each) => [each.qualname, each]));
  return findDefinitions(file, gold).flatMap((definition) => {
    const other = others.get(definition.qualname);
    if (!other || definition.qualname === target.qualname || definition.qualname === MODULE) return [];
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
