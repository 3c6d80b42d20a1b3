import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { execa } from 'execa';
import { isProductCode, readSource } from '../../../src/python/source-files.js';
import type { Instance } from '../../../src/model/instance.js';
import { parsePatch } from '../../../src/trees/patch/parse.js';
import type { Repository } from '../../../src/trees/repository.js';
import { prepareSide } from '../../../src/trees/side-tree.js';
import { ROOT } from '../root.js';

const REWRITER = path.join(ROOT, 'benchmarks/bench/controls/rewrite.py');

/** Names of all rewrites that `rewrite.py` knows, in the order in which they are applied one after the other. */
export async function rewriteNames(python: string): Promise<string[]> {
  const source = await readFile(REWRITER, 'utf8');
  const code = `${source.slice(0, source.indexOf('\nif __name__'))}\nprint("\\n".join(REWRITES))`;
  return (await execa(python, ['-c', code])).stdout.split('\n');
}

/** A candidate that behaves as gold does. */
export interface Control {
  /** What was done to gold's code, as a model's name. */
  readonly name: string;
  readonly patch: string;
}

/** Names of the rewrites that are applied together to make one control. */
export type Recipe = Readonly<Record<string, readonly string[]>>;

/**
 * Candidates of an instance that behave as gold does: gold itself, and gold with the functions that it changed
 * rewritten by each recipe that finds something to do in them. `folder` is a new directory for the trees.
 */
export async function controlsOf(
  instance: Instance,
  repository: Repository,
  recipes: Recipe,
  python: string,
  folder: string,
): Promise<Control[]> {
  const { baseCommit, goldPatch } = instance;
  const tree = async (side: 'base' | 'gold', patch: string) => {
    const workDirectory = path.join(folder, side);
    const made = await prepareSide({ repository, baseCommit, side, patch, testPatch: '', workDirectory });
    if (made.kind !== 'ready') throw new Error(`${instance.instanceId} ${side}: ${made.reason}`);
    return made.tree.directory;
  };
  const [base, gold] = [await tree('base', ''), await tree('gold', goldPatch)];
  const controls: Control[] = [{ name: 'gold', patch: goldPatch }];
  for (const [name, rewrites] of Object.entries(recipes)) {
    const sections: string[] = [];
    let applied = false;
    for (const section of goldPatch.split(/^(?=diff --git )/m)) {
      const rewritten = await rewrittenSection(section, { base, gold }, rewrites, python);
      applied ||= rewritten !== undefined;
      sections.push(rewritten ?? section);
    }
    if (applied) controls.push({ name, patch: sections.join('') });
  }
  return controls;
}

/** The part of a patch for one file, with its functions rewritten; undefined where there is nothing to rewrite. */
async function rewrittenSection(
  section: string,
  trees: { readonly base: string; readonly gold: string },
  rewrites: readonly string[],
  python: string,
): Promise<string | undefined> {
  const [file] = parsePatch(section);
  if (file === undefined || !isProductCode(file.path) || !['add', 'modify'].includes(file.kind)) return;
  const gold = await readSource(trees.gold, file.path);
  const base = await readSource(trees.base, file.path);
  const { stdout } = await execa(python, [REWRITER], {
    input: JSON.stringify({ base: base ?? null, gold, rewrites }),
  });
  const { source, applied } = JSON.parse(stdout) as { source: string; applied: readonly string[] };
  if (applied.length === 0) return;
  const names = [base === undefined ? '/dev/null' : `a/${file.path}`, `b/${file.path}`] as const;
  const text = createTwoFilesPatch(...names, base ?? '', source).replace(/^=+\n/, '');
  const created = base === undefined ? 'new file mode 100644\n' : '';
  return `diff --git a/${file.path} b/${file.path}\n${created}${text}`;
}
