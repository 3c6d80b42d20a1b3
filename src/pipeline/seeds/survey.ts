import { inputOfSeed } from '../../inputs/program/input.js';
import type { Seed } from '../../model/input.js';
import type { Target } from '../../model/target.js';
import type { TestResult } from '../../model/test-result.js';
import type { Observes } from '../../observe/side-probes.js';
import type { TimeLimit } from '../../platform/budget.js';

/** Seeds of tests that are surveyed, at most, and the seconds each may take: the rest is not worth its cost. */
const MOST_TESTS = 300;
const SECONDS_PER_SEED = 2;

/** Which targets each seed enters when it is run whole, by seed id. */
export type SeedSurvey = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Runs the seeds that are tests once, whole, to learn which targets they reach: it costs about as much as running the test
 * files, and spares the candidate every seed that cannot tell the sides apart.
 */
export async function surveySeeds(
  seeds: readonly Seed[],
  side: Observes,
  limit: TimeLimit,
): Promise<SeedSurvey> {
  const tests = seeds.filter(({ origin }) => origin === 'test').slice(0, MOST_TESTS);
  const inputs = new Map(
    tests.map((seed) => [seed.id, inputOfSeed(seed, seed.setUp, seed.statements.join('\n'))]),
  );
  const answers = await side.observe([...inputs.values()], limit, SECONDS_PER_SEED);
  return new Map(
    [...inputs].flatMap(([seed, { id }]) => {
      const answer = answers.get(id);
      const hits = answer?.hits.filter((hit) => !atImport(hit)) ?? [];
      // One that did not come to its end says only what it reached, not what it does not reach.
      return hits.length > 0 || answer?.outcome.kind === 'value' ? [[seed, new Set(hits)] as const] : [];
    }),
  );
}

const isLazy = ({ definitions }: Target): boolean =>
  Object.values(definitions).some(({ tokens }) => /(?:^|\n)\s*async |(?<!\S)yield(?!\S)/.test(tokens));

const atImport = (hit: string): boolean => hit.endsWith('::<module>');

/** Which seeds and tests reach the targets of a pair, as far as its surveys say. */
export class SeedReach {
  readonly #targets: ReadonlySet<string>;
  /** A change of a module or class body shows anywhere: no survey can rule a test out. */
  readonly #diffuse: boolean;
  /** Calls of targets that enter nothing by themselves, as that of a generator: a test may make them and not enter. */
  readonly #lazy: readonly RegExp[];
  /** By file and name of the test: whether it was seen to reach a target. */
  readonly #tests = new Map<string, boolean>();

  constructor(
    private readonly all: readonly Seed[],
    private readonly surveys: readonly SeedSurvey[],
    targets: readonly Target[],
  ) {
    this.#targets = new Set(targets.map(({ id }) => id));
    this.#diffuse = targets.some(({ kind }) => kind === 'module' || kind === 'class');
    this.#lazy = targets
      .filter(isLazy)
      .map(({ qualname }) => new RegExp(`\\b${qualname.split('.').at(-1) ?? ''}\\(`));
    for (const seed of all) {
      if (!surveys.every((survey) => survey.has(seed.id))) continue;
      const name = testKey(seed.file ?? '', seed.label);
      this.#tests.set(name, (this.#tests.get(name) ?? false) || this.#reaches(seed));
    }
  }

  /**
   * The seeds worth observing: those that reach a target. The issue's and the docstrings' are few and aimed,
   * and always worth it; where a body differs, all of `mainFiles` are, and for generators the tests that call them.
   */
  seeds(mainFiles: readonly string[]): Seed[] {
    return this.all.filter(
      (seed) =>
        seed.origin !== 'test' ||
        this.#reaches(seed) ||
        this.#lazy.some((call) => seed.statements.some((statement) => call.test(statement))) ||
        (this.#diffuse && mainFiles.includes(seed.file ?? '')),
    );
  }

  /** False only for a test that was surveyed and reached none of the targets. */
  mayReach({ file, id }: TestResult): boolean {
    return this.#diffuse || (this.#tests.get(testKey(file, id)) ?? true);
  }

  #reaches(seed: Seed): boolean {
    return this.surveys.some((survey) =>
      [...(survey.get(seed.id) ?? [])].some((hit) => this.#targets.has(hit)),
    );
  }
}

/** One name for a seed's label (`Class.test[2]`) and a runner's id (`file::Class::test[a-b]`, `test`). */
function testKey(file: string, name: string): string {
  const own = name.startsWith(`${file}::`) ? name.slice(file.length + 2) : name;
  return `${file} ${own.replaceAll('::', '.').replace(/\[.*$/, '')}`;
}
