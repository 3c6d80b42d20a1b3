import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { ROOT } from '../root.js';

/** Pairs that behave alike in all that matters, and pairs that are as small and do not. */
export const KINDS = ['alike', 'wrong'] as const;
export type Kind = (typeof KINDS)[number];

type Section = 'base' | 'gold' | 'candidate' | 'test';

/** One module on the three sides, and a test that gold and the candidate pass. */
export interface SmallPair extends Readonly<Record<Section, string>> {
  readonly kind: Kind;
  /** The name of its file. */
  readonly name: string;
  /** In what the candidate differs from gold. */
  readonly title: string;
}

/** A repository with a pair's base, and both patches beside it. */
export interface PairFiles {
  readonly repository: string;
  readonly gold: string;
  readonly candidate: string;
}

/** Reads the pairs of `benchmarks/equivalents`, by kind and name. */
export async function readPairs(): Promise<SmallPair[]> {
  const pairs: SmallPair[] = [];
  for (const kind of KINDS) {
    const folder = path.join(ROOT, 'benchmarks/equivalents', kind);
    for (const file of (await readdir(folder)).sort())
      pairs.push(parsePair(await readFile(path.join(folder, file), 'utf8'), kind, path.parse(file).name));
  }
  return pairs;
}

/** A pair from the text of its file: a title, then a part for each side and one for the test. */
export function parsePair(text: string, kind: Kind, name: string): SmallPair {
  const [title = '', ...parts] = text.split(/^# --- (?=\w+$)/m);
  const sections = Object.fromEntries(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), `${part.slice(end + 1).trim()}\n`];
    }),
  );
  const code = (section: Section): string => {
    const found = sections[section];
    if (found === undefined) throw new Error(`${kind}/${name}.txt has no part "# --- ${section}"`);
    return found;
  };
  return {
    kind,
    name,
    title: title.replace(/^#/, '').trim(),
    base: code('base'),
    gold: code('gold'),
    candidate: code('candidate'),
    test: code('test'),
  };
}

/** Writes a pair as a git repository and two patches into an empty folder. */
export async function writePair(pair: SmallPair, folder: string): Promise<PairFiles> {
  const repository = path.join(folder, 'repository');
  const module = path.join(repository, 'pkg', 'm.py');
  const git = async (...args: readonly string[]) => {
    const identity = ['-c', 'user.name=benchmark', '-c', 'user.email=benchmark@example.org'];
    return execa('git', ['-C', repository, ...identity, ...args], { stripFinalNewline: false });
  };
  for (const directory of ['pkg', 'tests'])
    await mkdir(path.join(repository, directory), { recursive: true });
  await writeFile(path.join(repository, 'pkg', '__init__.py'), '');
  await writeFile(path.join(repository, 'tests', 'test_m.py'), pair.test);
  await writeFile(module, pair.base);
  await git('init', '-q', '-b', 'main');
  await git('add', '-A');
  await git('commit', '-qm', pair.title);
  const patch = async (side: 'gold' | 'candidate') => {
    await writeFile(module, pair[side]);
    const { stdout } = await git('diff');
    await git('checkout', '-q', '.');
    const file = path.join(folder, `${side}.diff`);
    await writeFile(file, stdout);
    return file;
  };
  return { repository, gold: await patch('gold'), candidate: await patch('candidate') };
}
