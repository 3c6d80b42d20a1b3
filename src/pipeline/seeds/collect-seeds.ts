import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { moduleName } from '../../python/module-name.js';
import { boundNames, freeNames } from '../../python/names.js';
import { slicePrelude } from '../../python/slice.js';
import { revise } from '../../inputs/program/input.js';
import { minePool, restrictPool, type FragmentPool } from '../../inputs/mutate/pool.js';
import { seedsFromDocstring } from '../../inputs/seeds/doctest-seeds.js';
import { withCommonHosts, withFewHosts } from '../../inputs/seeds/host-test.js';
import { mineImportHints } from '../../inputs/seeds/import-hints.js';
import { seedsFromIssue, unresolvedNames, withImports } from '../../inputs/seeds/issue-seeds.js';
import { joinPreludes, withFile } from '../../inputs/seeds/prelude.js';
import { bindsSelf } from '../../inputs/seeds/self-variables.js';
import { isSeedOf, seedsFromTestFile, type SourceFile } from '../../inputs/seeds/test-seeds.js';
import type { Input, Seed } from '../../model/input.js';
import type { Target } from '../../model/target.js';

/** Tests that pytest has to set up so that seeds run in their place, at most: each costs up to a second. */
const MOST_HOSTS = 12;

/** Where mutants of an input may draw from, and the input made ready for what they draw. */
interface Surroundings {
  readonly pool: FragmentPool;
  /** The same input with a prelude that also binds the names of the pool's fragments. */
  readonly widen: (input: Input) => Input;
}

/** Everything executable that an instance brings with it. */
export interface SeedBank {
  /** The issue's first, then docstrings, then tests, those that name a target before the others. */
  readonly seeds: readonly Seed[];
  surroundings(input: Input): Surroundings;
}

/** Where seeds come from. */
export interface SeedSources {
  /** Gold's tree, with the test patch. */
  readonly directory: string;
  readonly problemStatement: string;
  /** Test files to mine, most relevant first. */
  readonly testFiles: readonly string[];
  /** Ids of the benchmark's tests of the fix. */
  readonly failToPass: readonly string[];
  readonly targets: readonly Target[];
  readonly packages: readonly string[];
  /** Texts of the patches, mined for constants. */
  readonly patches: readonly string[];
  /** Asks the interpreter which module has each of the names. */
  readonly resolve: (
    modules: readonly string[],
    names: readonly string[],
  ) => Promise<Readonly<Record<string, string>>>;
}

/** Collects the seeds of an instance: issue, docstrings of the targets, developer tests. */
export async function collectSeeds(sources: SeedSources): Promise<SeedBank> {
  const testFiles = await Promise.all(
    sources.testFiles.map(async (file) => ({ file, source: await readText(sources.directory, file) })),
  );
  const hints = mineImportHints(testFiles.map(({ source }) => source));
  const issue = await resolveImports(
    seedsFromIssue(sources.problemStatement, { importHints: hints, packageNames: sources.packages }),
    sources,
  );
  const doctests = await docstringSeeds(sources);
  const tests: Seed[] = [];
  for (const testFile of testFiles)
    tests.push(...seedsFromTestFile(testFile, await conftestsOf(sources.directory, testFile.file)));
  const ranked = fixFirst(mentionsFirst(tests, sources.targets), sources.failToPass);
  const seeds = [...issue, ...doctests, ...withFewHosts(withCommonHosts(ranked), MOST_HOSTS)];
  const statements = [...issue, ...doctests, ...ranked].map(({ setUp, statements: lines }) =>
    [...setUp.filter((line) => !bindsSelf(line)), ...lines].join('\n'),
  );
  const constants = [
    ...sources.patches.map(changedLines),
    ...issue.map(({ statements: lines }) => lines.join('\n')),
  ];
  const modules = await Promise.all(
    [...new Set(sources.targets.map(({ file }) => file))]
      .filter((file) => existsSync(path.join(sources.directory, file)))
      .map((file) => readText(sources.directory, file)),
  );
  return bankOf(seeds, testFiles, minePool({ examples: statements, constants, modules }));
}

/** The `conftest.py` files that apply to a test file, nearest first. */
async function conftestsOf(directory: string, file: string): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const conftest = path.posix.join(folder, 'conftest.py');
    if (existsSync(path.join(directory, conftest)))
      found.push({ file: conftest, source: await readText(directory, conftest) });
    if (folder === '.') return found;
  }
}

/** Issue text rarely imports all it uses: the names left over are looked up in the instance's own packages. */
async function resolveImports(seeds: readonly Seed[], sources: SeedSources): Promise<Seed[]> {
  const names = [...new Set(seeds.flatMap(unresolvedNames))];
  if (names.length === 0) return [...seeds];
  const modules = [...sources.packages, ...targetModules(sources)];
  const found = await sources.resolve(modules, names);
  return seeds.map((seed) => withImports(seed, found));
}

const targetModules = ({ directory, targets }: SeedSources): string[] => [
  ...new Set(targets.flatMap(({ file }) => moduleName(directory, file) ?? [])),
];

async function docstringSeeds(sources: SeedSources): Promise<Seed[]> {
  const seeds: Seed[] = [];
  for (const { file, definitions } of sources.targets) {
    const definition = definitions.gold;
    const module = moduleName(sources.directory, file);
    if (!definition?.docstring || !module) continue;
    seeds.push(...seedsFromDocstring(definition, module, await readText(sources.directory, file)));
  }
  return seeds;
}

/** Tests that name a target (or its class) before the others, the files' order kept otherwise. */
function mentionsFirst(seeds: readonly Seed[], targets: readonly Target[]): Seed[] {
  const names = new Set(targets.flatMap(({ qualname }) => qualname.split('.')));
  const mentions = (seed: Seed) => [...freeNames(seed.statements.join('\n'))].some((name) => names.has(name));
  const ranked = seeds.map((seed) => ({ seed, rank: mentions(seed) ? 0 : 1 }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ seed }) => seed);
}

/** Tests of the fix before the others, the order kept otherwise. */
function fixFirst(seeds: readonly Seed[], failToPass: readonly string[]): Seed[] {
  const isOfFix = (seed: Seed) => failToPass.some((id) => isSeedOf(seed, id));
  return [...seeds.filter(isOfFix), ...seeds.filter((seed) => !isOfFix(seed))];
}

/** The added and removed lines of a patch, unindented: good enough to find the literals in them. */
const changedLines = (patch: string): string =>
  patch
    .split('\n')
    .filter((line) => /^[-+](?![-+]{2})/.test(line))
    .map((line) => line.slice(1).trim())
    .join('\n');

function bankOf(seeds: readonly Seed[], testFiles: readonly SourceFile[], pool: FragmentPool): SeedBank {
  const seedById = new Map(seeds.map((seed) => [seed.id, seed]));
  const files = new Map(testFiles.map(({ file, source }) => [file, wideModule(file, source, pool)]));
  const [main] = files.values();
  const cache = new Map<string, Surroundings>();
  return {
    seeds,
    surroundings(input) {
      const seed = seedById.get(input.seed);
      const module = files.get(seed?.file ?? '') ?? main;
      const key = JSON.stringify([input.seed, input.prefix]);
      const known = cache.get(key);
      if (known) return known;
      const own = boundNames([seed?.prelude ?? '', ...input.prefix].join('\n'));
      const prelude = module && seed && joinPreludes([module.prelude, seed.prelude]);
      const made: Surroundings = {
        pool: restrictPool(pool, new Set([...own, ...(seed?.host?.names ?? []), ...(module?.names ?? [])])),
        widen: (narrow) => (prelude === undefined ? narrow : revise(narrow, { prelude })),
      };
      cache.set(key, made);
      return made;
    },
  };
}

/** A test module's own bindings that the pool's fragments use, and the prelude that makes them. */
function wideModule(
  file: string,
  source: string,
  pool: FragmentPool,
): { prelude: string; names: ReadonlySet<string> } {
  const bound = boundNames(source);
  const names = new Set(
    pool.fragments.flatMap((fragment) => fragment.names).filter((name) => bound.has(name)),
  );
  return { prelude: withFile(slicePrelude(source, file, names), file), names };
}

const readText = (directory: string, file: string): Promise<string> =>
  readFile(path.join(directory, file), 'utf8');
