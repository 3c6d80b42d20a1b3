import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Target } from '../../model/target.js';
import type { ProbeSetup } from '../../observe/side-probes.js';
import { importedModules } from '../../python/imported-modules.js';
import { sourceText } from '../../python/source-text.js';
import { topLevelPackages } from '../../python/module-name.js';
import type { PreparedInstance } from './prepare-instance.js';

/** What an instance is imported from, and by which names. */
export interface Imports extends Pick<ProbeSetup, 'preload' | 'importRoots'> {
  /** Top-level packages that hold the targets. */
  readonly packages: readonly string[];
}

/**
 * What the probes import before they fork: the packages under test, and what the test files import, so that
 * not every child has to.
 */
export async function importsOf(
  { gold }: Pick<PreparedInstance, 'gold'>,
  targets: readonly Target[],
  testFiles: readonly string[],
): Promise<Imports> {
  const { packages, importRoots } = topLevelPackages(
    gold.directory,
    targets.map(({ file }) => file),
  );
  const sources = await Promise.all(
    testFiles.map(async (file) => sourceText(await readFile(path.join(gold.directory, file)))),
  );
  const preload = new Set([...packages, ...sources.flatMap(importedModules)]);
  return { packages, importRoots, preload: [...preload] };
}
