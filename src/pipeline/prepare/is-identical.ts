import { codeDifference, showsDocumentation } from '../../change/identical.js';
import { isStrayScript } from '../../change/stray-script.js';
import type { SideTree } from '../../model/side.js';

/**
 * Whether gold and candidate are the same code, as far as the text of it says. Scripts that the candidate left at the root
 * of the tree, and that nothing there can load, take no part, nor do docstrings where no code of the tree reads any. Whether
 * the interpreter loads what the text says is for the tests to show.
 */
export async function isIdentical(gold: SideTree, candidate: SideTree): Promise<boolean> {
  if (gold.effectHash === candidate.effectHash) return true;
  const own = candidate.changedFiles.filter((file) => !gold.changedFiles.includes(file));
  const strays = new Set<string>();
  for (const file of own) {
    if (await isStrayScript(gold.directory, candidate.directory, file)) strays.add(file);
  }
  const files = [...gold.changedFiles, ...own.filter((file) => !strays.has(file))];
  const difference = await codeDifference(gold.directory, candidate.directory, files);
  if (difference === 'documentation') return !(await showsDocumentation(gold.directory));
  return difference === 'nothing';
}
