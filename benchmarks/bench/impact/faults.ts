import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findTargets } from '../../../src/change/targets.js';
import { parsePython, type SyntaxNode } from '../../../src/python/python-parser.js';
import { isProductCode, listPythonFiles, readSource } from '../../../src/python/source-files.js';
import { sha256 } from '../../../src/pipeline/judge/record.js';
import type { SideTree } from '../../../src/model/side.js';
import type { Target } from '../../../src/model/target.js';

/** A candidate of the measurement: its name, its tree and its targets. */
export interface Subject {
  readonly name: string;
  readonly tree: SideTree;
  readonly targets: readonly Target[];
}

/**
 * Injects faults: `count` trees that are gold except for one function, which raises when it is entered, so that every
 * failure has one cause. The functions are spread evenly over those of the packages.
 *
 * @param packages paths of the packages, relative to the tree
 * @param folder where the trees are made
 */
export async function injectFaults(
  base: SideTree,
  gold: SideTree,
  packages: readonly string[],
  count: number,
  folder: string,
): Promise<Subject[]> {
  const found: { file: string; at: number; line: number }[] = [];
  for (const file of await listPythonFiles(gold.directory)) {
    if (!isProductCode(file) || !packages.some((name) => file.startsWith(name))) continue;
    const root = parsePython((await readSource(gold.directory, file)) ?? '');
    for (const node of root.descendantsOfType('function_definition')) {
      const first = node.childForFieldName('body')?.firstNamedChild;
      if (first) found.push({ file, at: first.startIndex, line: lineOf(node) });
    }
  }
  const chosen = Array.from({ length: Math.min(count, found.length) }, (_, index) => {
    const place = found[Math.floor(((index + 0.5) * found.length) / count)];
    if (!place) throw new Error('no function to inject a fault into');
    return place;
  });
  const made: Subject[] = [];
  for (const [index, { file, at, line }] of chosen.entries()) {
    const directory = path.join(folder, `fault-${index}`);
    await cp(gold.directory, directory, { recursive: true, verbatimSymlinks: true });
    const source = await readFile(path.join(directory, file), 'utf8');
    const before = source.slice(0, at);
    const indent = /(?:^|\n)([ \t]*)$/.exec(before)?.[1];
    const raising = `raise RuntimeError('injected fault')${indent === undefined ? '; ' : `\n${indent}`}`;
    await writeFile(path.join(directory, file), before + raising + source.slice(at));
    const changedFiles = [...new Set([...gold.changedFiles, file])];
    const effectHash = sha256(`${gold.effectHash} ${file} ${at}`);
    const tree: SideTree = { side: 'candidate', directory, effectHash, changedFiles };
    made.push({ name: `${file}:${line} raises`, tree, targets: await findTargets(base, gold, tree) });
  }
  return made;
}

const lineOf = (node: SyntaxNode): number => node.startPosition.row + 1;
