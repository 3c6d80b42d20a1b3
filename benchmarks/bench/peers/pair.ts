import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { moduleName, topLevelPackages } from '../../../src/python/module-name.js';
import { isProductCode, readSource } from '../../../src/python/source-files.js';
import { findTargets } from '../../../src/change/targets.js';
import { DEFAULT_OPTIONS } from '../../../src/model/options.js';
import { planTests } from '../../../src/pipeline/tests/test-plan.js';
import type { Instance, Prediction } from '../../../src/model/instance.js';
import type { SideTree } from '../../../src/model/side.js';
import type { Target } from '../../../src/model/target.js';
import type { Repository } from '../../../src/trees/repository.js';
import { prepareSide } from '../../../src/trees/side-tree.js';
import type { Expected } from './outcome.js';
import { importTwins, twinOf } from './twin.js';

/** The same function of both sides, by the dotted names under which the folder `both` has them. */
export interface FunctionPair {
  readonly gold: string;
  readonly candidate: string;
}

/** A pair of patches, laid out for tools that compare functions, revisions or test runs. */
export interface PeerPair {
  /** Instance and model. */
  readonly name: string;
  readonly expected: Expected;
  readonly folder: string;
  /** Trees, the benchmark's tests in each. */
  readonly gold: string;
  readonly candidate: string;
  /** Gold's tree with the changed modules of the candidate beside gold's, so that everything else is shared. */
  readonly both: string;
  readonly functions: readonly FunctionPair[];
  /** Dotted names without the module: `Config.get`. */
  readonly qualnames: readonly string[];
  readonly packages: readonly string[];
  /** Folders to import from, relative to a tree. */
  readonly importRoots: readonly string[];
  /** The test files that patchdiff mines for the same pair. */
  readonly testFiles: readonly string[];
}

/** Makes the trees of a pair below `folder`. */
export async function layOut(
  instance: Instance,
  prediction: Prediction,
  expected: Expected,
  repository: Repository,
  folder: string,
): Promise<PeerPair> {
  const treeOf = async (side: SideTree['side'], patch: string) => {
    const { baseCommit, testPatch } = instance;
    const workDirectory = path.join(folder, side);
    const made = await prepareSide({ repository, baseCommit, side, patch, testPatch, workDirectory });
    if (made.kind !== 'ready') throw new Error(`${instance.instanceId} ${side}: ${made.reason}`);
    return made.tree;
  };
  const base = await treeOf('base', '');
  const gold = await treeOf('gold', instance.goldPatch);
  const candidate = await treeOf('candidate', prediction.patch ?? '');
  const targets = await findTargets(base, gold, candidate);
  const compared = comparable(targets);
  const both = path.join(folder, 'both');
  const files = [...new Set([...gold.changedFiles, ...candidate.changedFiles])].filter(isProductCode);
  await putSideBySide(gold.directory, candidate.directory, both, files);
  const plan = await planTests(instance, gold.directory, targets, DEFAULT_OPTIONS.testFiles, []);
  return {
    name: `${prediction.instanceId} ${prediction.model}`,
    expected,
    folder,
    gold: gold.directory,
    candidate: candidate.directory,
    both,
    functions: compared.flatMap(({ file, qualname }) => {
      const [one, other] = [moduleName(both, file), moduleName(both, twinOf(file))];
      if (one === undefined || other === undefined) return [];
      return [{ gold: `${one}.${qualname}`, candidate: `${other}.${qualname}` }];
    }),
    qualnames: compared.map(({ qualname }) => qualname),
    ...topLevelPackages(gold.directory, files),
    testFiles: [...plan.benchmark, ...plan.developer],
  };
}

/** The functions and methods that differ between the sides; without any, all changed ones that both sides have. */
function comparable(targets: readonly Target[]): Target[] {
  const shared = targets.filter(
    ({ kind, definitions: { gold, candidate } }) =>
      (kind === 'function' || kind === 'method') && gold !== undefined && candidate !== undefined,
  );
  const differing = shared.filter(
    ({ definitions: { gold, candidate } }) => gold?.tokens !== candidate?.tokens,
  );
  return differing.length > 0 ? differing : shared;
}

async function putSideBySide(
  gold: string,
  candidate: string,
  both: string,
  files: readonly string[],
): Promise<void> {
  await cp(gold, both, { recursive: true });
  const modules = files.flatMap((file) => moduleName(candidate, file) ?? []);
  for (const file of files) {
    const source = await readSource(candidate, file);
    if (source === undefined) continue;
    const twin = path.join(both, twinOf(file));
    await mkdir(path.dirname(twin), { recursive: true });
    await writeFile(twin, importTwins(source, modules));
  }
}

/** Reads which pairs of a dataset differ and which do not, from `expected.json` beside it. */
export async function readExpected(dataset: string): Promise<Map<string, Expected>> {
  const { pairs } = JSON.parse(await readFile(path.join(dataset, 'expected.json'), 'utf8')) as {
    pairs: { instance_id: string; model: string; outcome: string; plausible: boolean | null }[];
  };
  return new Map(
    pairs.flatMap(({ instance_id: id, model, outcome, plausible }) =>
      plausible === true && (outcome === 'divergent' || outcome === 'consistent')
        ? [[`${id} ${model}`, outcome] as const]
        : [],
    ),
  );
}
