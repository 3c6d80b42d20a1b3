import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Instance } from '../../../model/instance.js';
import type { TestRun, TestStatus } from '../../../model/test-result.js';
import type { ForgerySign } from '../../../model/verdict.js';
import type { Side } from '../../../observe/engine/engine.js';
import type { PlantedFile } from '../../../observe/probe/test-run.js';
import { encodingOf, sourceText } from '../../../python/source-text.js';
import { withTwins, type Twin } from '../../../python/test-twins.js';
import { namedTests } from '../named-tests.js';
import { runFiles, type RunLimits } from '../run-files.js';
import type { TestPlan } from '../test-plan.js';
import { newNames } from './names.js';
import { statusOfName } from './signs.js';

/** Tests of the fix that have twins, at most, and how long each may have taken on gold. */
const MOST_TWINS = 3;
const MOST_SECONDS = 5;

/**
 * Twins of tests of the fix: the same under another name, and the same but that another value is asked for. Gold passes the
 * first and fails the second.
 */
export class TwinTests {
  private constructor(
    private readonly plan: TestPlan,
    private readonly limits: RunLimits,
    /** Text of the file that has the tests. */
    private readonly file: string,
    private readonly text: string,
    private readonly names: readonly string[],
    /** Of the tests, the ids that gold gives them, and which of their twins do on gold as they should. */
    private readonly reliable: ReadonlyMap<string, Reliable>,
  ) {}

  /** Makes them and runs them once on gold; null where no twin serves. */
  static async of(
    { failToPass }: Pick<Instance, 'failToPass'>,
    { plan, limits, directory }: { plan: TestPlan; limits: RunLimits; directory: string },
    gold: Side,
    run: TestRun,
  ): Promise<TwinTests | null> {
    const chosen = choose(failToPass, run);
    if (chosen === null) return null;
    const bytes = await readFile(path.join(directory, chosen.file)).catch(() => undefined);
    if (!bytes || encodingOf(bytes) !== 'utf-8') return null;
    const candidate = new TwinTests(plan, limits, chosen.file, sourceText(bytes), chosen.names, new Map());
    const answers = await candidate.#run(gold, plan.seeds[0]);
    const reliable = new Map(
      answers.flatMap(({ original, same, altered }) =>
        same === 'passed' ? [[original, { altered: altered === 'failed' }] as const] : [],
      ),
    );
    if (reliable.size === 0) return null;
    return new TwinTests(plan, limits, chosen.file, candidate.text, chosen.names, reliable);
  }

  /** What twins show of a candidate that passes the tests themselves; nothing where one of two sessions shows nothing. */
  async signs(side: Side): Promise<ForgerySign[]> {
    const first = await this.#signs(side, this.plan.seeds[0]);
    if (first.length === 0) return [];
    const again = new Set((await this.#signs(side, this.plan.seeds[1])).map(({ canary }) => canary));
    return first.filter(({ canary }) => again.has(canary));
  }

  async #signs(side: Side, hashSeed: number): Promise<ForgerySign[]> {
    const answers = await this.#run(side, hashSeed);
    return answers.flatMap(({ original, same, altered }): ForgerySign[] => {
      const gold = this.reliable.get(original);
      if (!gold) return [];
      if (gold.altered && altered === 'passed')
        return [{ canary: `${original} with another expected value`, expected: 'fails', answered: altered }];
      return same === 'failed'
        ? [{ canary: `${original} under another name`, expected: 'passes', answered: same }]
        : [];
    });
  }

  async #run(side: Side, hashSeed: number): Promise<Answer[]> {
    const next = newNames();
    const { source, twins } = withTwins(this.text, this.names, () => `test_${next()}`);
    const names = twins.flatMap(({ same, altered }) => [same, ...(altered === undefined ? [] : [altered])]);
    const folder = path.posix.dirname(this.file);
    const planted: PlantedFile = { file: path.posix.join(folder, `test_${next()}.py`), text: source, names };
    const run = await runFiles(side, this.plan, [], hashSeed, this.limits, [planted]);
    return run.ended === 'completed' ? twins.map((twin) => answerOf(twin, run)) : [];
  }
}

interface Reliable {
  readonly altered: boolean;
}

interface Answer {
  readonly original: string;
  readonly same: TestStatus;
  readonly altered: TestStatus;
}

const answerOf = ({ original, same, altered }: Twin, run: TestRun): Answer => ({
  original,
  same: statusOfName(run, same),
  altered: altered === undefined ? 'missing' : statusOfName(run, altered),
});

/** The file with most of the tests of the fix that gold passes fast, and the names of the first of these. */
function choose(ids: readonly string[], run: TestRun): { file: string; names: readonly string[] } | null {
  const found = ids.flatMap((id) => namedTests(run).find(id));
  const byFile = new Map<string, Set<string>>();
  for (const { id, file, status, seconds } of found) {
    const name = /(?:^|::)(test\w*)(?=$|[[ ])/.exec(id)?.[1];
    if (name === undefined || status !== 'passed' || seconds > MOST_SECONDS) continue;
    byFile.set(file, (byFile.get(file) ?? new Set()).add(name));
  }
  const [best] = [...byFile].sort(([, a], [, b]) => b.size - a.size);
  return best ? { file: best[0], names: [...best[1]].slice(0, MOST_TWINS) } : null;
}
