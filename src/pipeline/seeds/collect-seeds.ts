import { existsSync } from 'node:fs';
import path from 'node:path';
import { dottedName, moduleName, testModuleName } from '../../python/module-name.js';
import { minePool } from '../../inputs/mutate/pool.js';
import { seedsFromDocstring } from '../../inputs/seeds/doctest-seeds.js';
import { withCommonHosts, withDefaultHost, withFewHosts } from '../../inputs/seeds/host-test.js';
import { plainDjangoTest, type Hosting } from '../../inputs/seeds/hosted-methods.js';
import { mineImportHints } from '../../inputs/seeds/import-hints.js';
import { seedsFromIssue, unresolvedNames, withImports } from '../../inputs/seeds/issue-seeds.js';
import { bindsSelf } from '../../inputs/seeds/self-variables.js';
import { seedsFromTestFile } from '../../inputs/seeds/test-seeds.js';
import type { Seed } from '../../model/input.js';
import type { TestRunner } from '../../model/instance.js';
import type { Target } from '../../model/target.js';
import { fixFirst, mentionsFirst } from './rank-seeds.js';
import { bankOf, type SeedBank } from './seed-bank.js';
import { conftestsOf, readText } from './test-sources.js';

/** Tests that have to be set up so that seeds run in their place, at most: each costs a second or more. */
const MOST_HOSTS = 12;

/** Where seeds come from. */
export interface SeedSources {
  /** Gold's tree, with the test patch. */
  readonly directory: string;
  readonly problemStatement: string;
  /** Test files to mine, most relevant first. */
  readonly testFiles: readonly string[];
  readonly runner: TestRunner | 'auto';
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
    sources.testFiles.map(async (file) => ({
      file,
      source: await readText(sources.directory, file),
      hosting: hostingOf(sources, file),
    })),
  );
  const hints = mineImportHints(testFiles.map(({ source }) => source));
  const issue = await resolveImports(
    seedsFromIssue(sources.problemStatement, { importHints: hints, packageNames: sources.packages }),
    sources,
  );
  const doctests = await docstringSeeds(sources);
  const tests: Seed[] = [];
  for (const testFile of testFiles)
    tests.push(
      ...seedsFromTestFile(testFile, await conftestsOf(sources.directory, testFile.file), testFile.hosting),
    );
  const ranked = fixFirst(mentionsFirst(tests, sources.targets), sources.failToPass);
  const hosted = withFewHosts(withCommonHosts(ranked), MOST_HOSTS);
  const seeds = [...withDefaultHost([...issue, ...doctests], hostOfAll(sources)), ...hosted];
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

/** Who sets up the test classes of a file; undefined where the file cannot be imported. */
function hostingOf({ directory, runner, testFiles }: SeedSources, file: string): Hosting | undefined {
  const isDjango = runner === 'django';
  const module = isDjango ? dottedName(file.replace(/^tests\//, '')) : testModuleName(directory, file);
  return module === undefined
    ? undefined
    : { runner: isDjango ? 'django' : 'unittest', module, files: testFiles };
}

/** Code of Django runs nowhere but where its runner has set it up, also what is no test. */
const hostOfAll = ({ runner, testFiles }: SeedSources): Seed['host'] =>
  runner === 'django' ? plainDjangoTest(testFiles) : undefined;

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

/** The added and removed lines of a patch, unindented: good enough to find the literals in them. */
const changedLines = (patch: string): string =>
  patch
    .split('\n')
    .filter((line) => /^[-+](?![-+]{2})/.test(line))
    .map((line) => line.slice(1).trim())
    .join('\n');
