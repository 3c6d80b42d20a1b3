import { findTargets } from '../change/targets.js';
import type { InstanceRequest } from '../model/instance-request.js';
import type { RunSeeds } from '../model/options.js';
import { instanceSeeds } from '../model/seeds.js';
import type { Observation } from '../model/observation.js';
import type { Target } from '../model/target.js';
import type { Side } from '../observe/engine/engine.js';
import { SideProbes, type ProbeSetup } from '../observe/side-probes.js';
import { Budget, secondsFromNow } from '../platform/budget.js';
import { once } from '../platform/once.js';
import { announce } from './context/announce.js';
import type { AuditContext } from './context/audit-context.js';
import { importsOf } from './prepare/imports.js';
import { requireImports } from './prepare/missing-module.js';
import { prepareInstance, type PreparedInstance } from './prepare/prepare-instance.js';
import { FixEvidence } from './search/fix-evidence.js';
import { collectSeeds } from './seeds/collect-seeds.js';
import type { SeedBank } from './seeds/seed-bank.js';
import { surveySeeds, type SeedSurvey } from './seeds/survey.js';
import { qualifyGold, runReferences, type GoldQualification } from './tests/qualify-gold.js';
import { TwinTests } from './tests/forgery/twin-tests.js';
import { surveySuite, type SuiteSurvey } from './tests/suite.js';
import { testLimits, type TestLimits } from './tests/test-limits.js';
import { planTests, type TestPlan } from './tests/test-plan.js';

/** Everything about one instance that does not depend on a candidate: made once, used for all of them. */
export interface OpenInstance {
  readonly prepared: PreparedInstance;
  readonly seeds: RunSeeds;
  readonly plan: TestPlan;
  readonly limits: TestLimits;
  readonly qualification: GoldQualification;
  readonly probeSetup: ProbeSetup;
  readonly base: SideProbes;
  readonly gold: SideProbes;
  readonly goldAnswers: Map<string, Observation>;
  readonly fix: FixEvidence;
  readonly goldTargets: readonly Target[];
  readonly bank: SeedBank;
  /** Which of gold's targets each seed reaches on gold. */
  readonly survey: SeedSurvey;
  /** Twins of tests of the fix: made when a candidate first passes the tests; null where none serve. */
  readonly twins: () => Promise<TwinTests | null>;
  /** Gold's run of the developer tests: made when a candidate first asks, kept for the others. */
  readonly developerSuite: () => Promise<SuiteSurvey>;
  /** Seconds it took to open, and those of one run of the benchmark's tests on gold. */
  readonly seconds: { readonly opening: number; readonly benchmark: number };
  dispose(): Promise<void>;
}

/**
 * Prepares the trees that all candidates share, runs the benchmark's tests on them, and collects and surveys the seeds.
 * @throws Unjudgeable when gold cannot serve as a reference.
 */
export async function openInstance(
  { instance, tests }: Pick<InstanceRequest, 'instance' | 'tests'>,
  context: AuditContext,
): Promise<OpenInstance> {
  const { options } = context;
  const time = new Budget<'opening'>();
  const prepared = await time.spend('opening', () => prepareInstance(instance, context));
  const opened: SideProbes[] = [];
  const dispose = async () => {
    await Promise.allSettled(opened.map((probes) => probes.close()));
    await prepared.dispose();
  };
  const open = async (): Promise<Omit<OpenInstance, 'seconds' | 'dispose'> & { benchmark: number }> => {
    const goldTargets = await findTargets(prepared.base, prepared.gold, prepared.gold);
    const seeds = instanceSeeds(options.seed, instance.instanceId, prepared.gold.effectHash);
    const { directory } = prepared.gold;
    const plan = await planTests(instance, directory, goldTargets, options.testFiles, tests, seeds);
    const sides = { base: await prepared.open(prepared.base), gold: await prepared.open(prepared.gold) };

    announce(context, instance.instanceId, null, 'gold tests');
    const limits = testLimits(options);
    const references = await runReferences(plan, sides, limits);
    await requireImports(references.gold, {
      directory: prepared.gold.directory,
      importRoots: plan.importRoots,
      recipe: prepared.environment.recipe !== undefined,
    });
    const testFiles = [...plan.benchmark, ...plan.developer];
    const imports = await importsOf(prepared, goldTargets, testFiles);
    const probeSetup: ProbeSetup = {
      ...imports,
      secondsPerInput: options.secondsPerInput,
      seed: seeds[0],
    };
    const probesOf = (side: Side) => {
      const probes = new SideProbes(side, probeSetup, goldTargets);
      opened.push(probes);
      return probes;
    };
    const [base, gold] = [probesOf(sides.base), probesOf(sides.gold)];

    announce(context, instance.instanceId, null, 'survey');
    const surveyed = async () => {
      const bank = await collectSeeds({
        directory: prepared.gold.directory,
        problemStatement: instance.problemStatement,
        failToPass: instance.failToPass,
        patches: [instance.goldPatch],
        runner: plan.runner,
        ...{ testFiles, targets: goldTargets, packages: imports.packages },
        resolve: async (modules, names) => (await gold.session()).resolve(modules, names),
      });
      const survey = await surveySeeds(bank.seeds, gold, secondsFromNow(options.budgetSeconds / 2));
      return { bank, survey };
    };
    const [qualification, { bank, survey }] = await Promise.all([
      qualifyGold({ instance, plan, limits }, sides.gold, references),
      surveyed(),
    ]);
    return {
      ...{ prepared, seeds, plan, limits, qualification, probeSetup, base, gold, goldTargets, bank, survey },
      goldAnswers: new Map<string, Observation>(),
      fix: new FixEvidence(base),
      twins: once(() => {
        const made = { plan, limits: { seconds: limits.timeoutSeconds }, directory: prepared.gold.directory };
        return TwinTests.of(instance, made, sides.gold, references.gold);
      }),
      developerSuite: once(() => surveySuite(plan, sides.gold, limits.suite, limits.developerSeconds)),
      benchmark: references.gold.seconds,
    };
  };
  try {
    const { benchmark, ...instanceParts } = await time.spend('opening', open);
    return { ...instanceParts, seconds: { opening: time.spent, benchmark }, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
