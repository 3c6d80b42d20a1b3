import pLimit from 'p-limit';
import { findTargets } from '../../change/targets.js';
import { nameOf, recipeKey, Recipes } from '../../environments/recipes.js';
import { InfraError, UserError } from '../../model/errors.js';
import type { Instance } from '../../model/instance.js';
import { DEFAULT_OPTIONS } from '../../model/options.js';
import type { EnvironmentRecipe } from '../../model/recipe.js';
import type { TestResult, TestRun } from '../../model/test-result.js';
import { Unjudgeable } from '../../model/unjudgeable.js';
import type { AuditContext } from '../../pipeline/context/audit-context.js';
import { requireImports } from '../../pipeline/prepare/missing-module.js';
import { prepareInstance } from '../../pipeline/prepare/prepare-instance.js';
import { namedTests } from '../../pipeline/tests/named-tests.js';
import { qualifyGold, runReferences } from '../../pipeline/tests/qualify-gold.js';
import { testLimits } from '../../pipeline/tests/test-limits.js';
import { planTests } from '../../pipeline/tests/test-plan.js';
import { Repositories } from '../../trees/repositories.js';
import { cacheDirectory } from '../cache/cache.js';
import { openAudit, type AuditSetup } from '../engine/open-audit.js';

/** A test of the benchmark that gold does not pass in an environment. */
export interface LeftOutTest {
  readonly id: string;
  /** What became of it there; `missing` when the run did not report it. */
  readonly status: TestResult['status'];
  /** Exception type and message, or how the second run differed. */
  readonly why: string;
}

/** How gold did on one instance in its environment. */
export interface CheckedInstance {
  readonly instanceId: string;
  /** Gold can serve as a reference there. */
  readonly qualified: boolean;
  /** Tests that the benchmark names. */
  readonly tests: number;
  readonly leftOut: readonly LeftOutTest[];
  /** Why it is not qualified: the reason of a verdict or the code of an error, and a sentence. */
  readonly reason?: string;
  readonly detail?: string;
  readonly seconds: number;
}

/** A recipe, and the instances that need it. */
export interface CheckedRecipe {
  readonly repository: string;
  /** `pytest-dev/pytest 6.2, 6.3`; where there is no recipe, the repository and the version of the row. */
  readonly name: string;
  readonly versions: readonly string[];
  /** Minor version of Python; null where there is no recipe. */
  readonly python: string | null;
  /** SHA-256 of the recipe; null where there is none. */
  readonly recipe: string | null;
  readonly instances: readonly CheckedInstance[];
}

/** Which instances to check, and where. */
export interface RecipeCheck extends Pick<AuditSetup, 'engine' | 'sandbox' | 'tell' | 'signal'> {
  readonly instances: readonly Instance[];
  /** Directory that the paths of the dataset's repositories are relative to. */
  readonly directory: string;
  readonly reposDir: string | undefined;
  /** Instances at a time. */
  readonly workers: number;
  /** Seconds for one run of an instance's test files. */
  readonly timeoutSeconds: number;
  /** Told each instance when it is done. */
  readonly onChecked: (instance: CheckedInstance) => void;
}

/**
 * Builds the environment of every recipe that the instances need, and runs gold's benchmark tests in it as a run would.
 * What fails there is part of the result.
 * @throws UserError when there is no engine, InfraError for a machine that cannot go on
 */
export async function checkRecipes(check: RecipeCheck): Promise<CheckedRecipe[]> {
  const { instances, directory, reposDir, workers, onChecked, timeoutSeconds, ...setup } = check;
  const repositories = new Repositories({
    cacheDirectory: cacheDirectory('repositories'),
    signal: setup.signal,
    ...(reposDir === undefined ? {} : { reposDir }),
  });
  const recipes = await Recipes.load();
  const { context, close } = await openAudit({
    ...setup,
    instances,
    runId: 'images-check',
    environments: 'build',
    trusted: false,
    reuse: false,
    options: { ...DEFAULT_OPTIONS, timeoutSeconds },
    listen: () => undefined,
    repositoryOf: ({ repo }) => repositories.resolve(repo, directory),
  });
  try {
    const limit = pLimit(workers);
    const groups = groupByRecipe(instances, recipes);
    return await Promise.all(
      groups.map(async ({ members, ...recipe }) => ({
        ...recipe,
        instances: await Promise.all(
          members.map((instance) =>
            limit(async () => {
              const checked = await checkInstance(instance, context);
              onChecked(checked);
              return checked;
            }),
          ),
        ),
      })),
    );
  } finally {
    await close();
  }
}

type Group = Omit<CheckedRecipe, 'instances'> & { readonly members: Instance[] };

function groupByRecipe(instances: readonly Instance[], recipes: Recipes): Group[] {
  const groups = new Map<string, Group>();
  for (const instance of instances) {
    const { repo, version } = instance;
    const recipe = recipes.find(repo, version);
    const key = recipe === undefined ? `${repo} ${version ?? ''}` : `${repo} ${recipeKey(recipe)}`;
    const group = groups.get(key) ?? { ...headOf(instance, recipe), members: [] };
    group.members.push(instance);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function headOf({ repo, version }: Instance, recipe: EnvironmentRecipe | undefined) {
  if (recipe === undefined) {
    const versions = version === undefined ? [] : [version];
    return { repository: repo, name: [repo, ...versions].join(' '), versions, python: null, recipe: null };
  }
  const { repository, versions, python } = recipe;
  return { repository, name: nameOf(recipe), versions, python, recipe: recipeKey(recipe) };
}

async function checkInstance(instance: Instance, context: AuditContext): Promise<CheckedInstance> {
  const started = Date.now();
  const facts = (rest: Pick<CheckedInstance, 'qualified' | 'leftOut' | 'reason' | 'detail'>) => ({
    instanceId: instance.instanceId,
    tests: instance.failToPass.length + instance.passToPass.length,
    ...rest,
    seconds: (Date.now() - started) / 1000,
  });
  try {
    context.signal.throwIfAborted();
    const leftOut = await testsLeftOutOf(instance, context);
    const without = new Set(leftOut.map(({ id }) => id));
    const { failToPass } = instance;
    if (failToPass.length === 0 || failToPass.some((id) => !without.has(id)))
      return facts({ qualified: true, leftOut });
    const detail = 'gold passes none of the tests of the fix';
    return facts({ qualified: false, leftOut, reason: 'no-test-of-the-fix', detail });
  } catch (error) {
    context.signal.throwIfAborted();
    const { reason, detail } = reasonOf(error);
    return facts({ qualified: false, leftOut: [], reason, detail });
  }
}

async function testsLeftOutOf(instance: Instance, context: AuditContext): Promise<LeftOutTest[]> {
  const prepared = await prepareInstance(instance, context);
  try {
    const { directory } = prepared.gold;
    const targets = await findTargets(prepared.base, prepared.gold, prepared.gold);
    const plan = await planTests(instance, directory, targets, 0, []);
    const limits = testLimits(context.options);
    const sides = { base: await prepared.open(prepared.base), gold: await prepared.open(prepared.gold) };
    const references = await runReferences(plan, sides, limits);
    const recipe = prepared.environment.recipe !== undefined;
    await requireImports(references.gold, { directory, importRoots: plan.importRoots, recipe });
    const { leftOut, benchmark } = await qualifyGold({ instance, plan, limits }, sides.gold, references);
    return leftOut.map((id) => leftOutTest(id, benchmark));
  } finally {
    await prepared.dispose();
  }
}

function leftOutTest(id: string, runs: readonly [TestRun, TestRun]): LeftOutTest {
  const [one, other] = runs.map((run) => namedTests(run).worst(id)) as [Found, Found];
  const failing = one?.status === 'passed' ? other : one;
  const status = failing?.status ?? 'missing';
  if (!one && !other) return { id, status, why: 'no test that ran goes by this id' };
  const changed =
    one?.status !== other?.status ? `${one?.status ?? 'missing'}, then ${other?.status ?? 'missing'}` : '';
  return { id, status, why: [changed, failing?.message ?? ''].filter(Boolean).join(': ') };
}

type Found = TestResult | undefined;

function reasonOf(error: unknown): { reason: string; detail: string } {
  if (error instanceof Unjudgeable) return { reason: error.reason, detail: error.detail };
  if (error instanceof InfraError || error instanceof UserError)
    return {
      reason: error.code,
      detail: error.hint === undefined ? error.message : `${error.message}. ${error.hint}`,
    };
  throw error;
}
