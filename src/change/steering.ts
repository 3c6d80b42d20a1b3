import { lstat, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { SteeringKind } from '../model/verdict.js';
import { bytesOfText } from '../platform/byte-text.js';
import { python } from '../python/language.js';
import { isCompiled, isLoadable } from './compiled-code.js';
import type { TreeFiles } from './targets.js';
import { haveSameTestSettings, holdsTestSettings } from './test-settings.js';

/** A file that steers tests, or is one, and that the candidate has not as gold has it. */
export interface SteeringFile {
  readonly file: string;
  readonly kind: SteeringKind;
}

/** Kinds that cannot change what other tests say. */
const TESTS_ONLY: ReadonlySet<SteeringKind> = new Set(['edited-test', 'deleted-test']);
/** Kinds that act outside tests too: what they change there is the candidate's behaviour. */
const ACTS_EVERYWHERE: ReadonlySet<SteeringKind> = new Set(['interpreter-startup', 'shadows-module']);

/** Whether a file of that kind can change what the benchmark's tests say, which are gold's in any case. */
export const canMatter = ({ kind }: SteeringFile): boolean => !TESTS_ONLY.has(kind);

/** Whether a file of that kind acts on the product also where no test runs. */
export const actsEverywhere = ({ kind }: SteeringFile): boolean => ACTS_EVERYWHERE.has(kind);

/**
 * The files by which a candidate could change how tests run or what they ask for, in the order of their names. Test files
 * of its own that no other test loads are none of them.
 */
export async function steeringFiles(gold: TreeFiles, candidate: TreeFiles): Promise<SteeringFile[]> {
  const files = [...new Set([...gold.changedFiles, ...candidate.changedFiles])].sort();
  const found: SteeringFile[] = [];
  for (const file of files) {
    const [theirs, own] = [await contentOf(gold.directory, file), await contentOf(candidate.directory, file)];
    if (theirs === own) continue;
    const kind = await kindOf(file, { gold, candidate, theirs, own });
    if (kind !== undefined) found.push({ file, kind });
  }
  return found;
}

interface Difference {
  readonly gold: TreeFiles;
  readonly candidate: TreeFiles;
  /** What gold and the candidate have there; undefined for nothing. */
  readonly theirs: string | undefined;
  readonly own: string | undefined;
}

async function kindOf(file: string, difference: Difference): Promise<SteeringKind | undefined> {
  const { gold, candidate, theirs, own } = difference;
  const name = path.posix.basename(file);
  if (isCompiled(file)) return (await isLoadable(candidate.directory, file)) ? 'byte-code' : undefined;
  if (/(^|\/)(site|user)customize(\.py|\/.*)$|[^/]\.pth$/.test(file)) return 'interpreter-startup';
  if (name === 'conftest.py') return 'conftest';
  if (holdsTestSettings(name)) {
    const [left, right] = [gold, candidate].map(({ directory }) => python.readSource(directory, file));
    return haveSameTestSettings(name, await left, await right) ? undefined : 'test-configuration';
  }
  if (python.isTestFile(file)) {
    const isTest = python.isTestModule(file);
    // Nothing of gold's can ask for a test module or for data that gold does not have.
    if (theirs === undefined && (isTest || !python.isSourceFile(file)) && !isLink(own)) return undefined;
    if (!isTest) return 'test-helper';
    return own === undefined ? 'deleted-test' : isLink(own) ? 'test-helper' : 'edited-test';
  }
  return theirs === undefined && (await shadows(file, gold)) ? 'shadows-module' : undefined;
}

/** Whether a new file is, or is part of, a module at an import root that takes the place of one that runners load. */
async function shadows(file: string, gold: TreeFiles): Promise<boolean> {
  const [, root = '', module = '', rest] =
    /^((?:src\/|lib\/|python\/)?)([^/]+?)(?:\.py|\/(.*))$/.exec(file) ?? [];
  if (!python.isLoadedByRunners(module)) return false;
  // A package that gold has too is the project's own.
  return rest === undefined || (await contentOf(gold.directory, `${root}${module}`)) === undefined;
}

const LINK = 'link to ';
const isLink = (content: string | undefined): boolean => content?.startsWith(LINK) === true;

/** What a tree has at a path: bytes as a text of their own kind, a link, a folder; undefined for nothing. */
async function contentOf(directory: string, file: string): Promise<string | undefined> {
  const full = bytesOfText(path.join(directory, file));
  try {
    const facts = await lstat(full);
    if (facts.isSymbolicLink()) return `${LINK}${await readlink(full)}`;
    return facts.isDirectory() ? 'folder' : `file ${(await readFile(full)).toString('latin1')}`;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR'].includes(code)) return undefined;
    throw error;
  }
}
