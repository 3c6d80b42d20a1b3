import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { importedModules } from '../python/imported-modules.js';
import { findTargets } from '../change/targets.js';
import { topLevelPackages } from '../python/module-name.js';
import type { Side } from '../observe/engine/engine.js';
import type { InstanceRequest } from '../model/instance-request.js';
import type { Observation } from '../model/observation.js';
import type { Target } from '../model/target.js';
import { prepareInstance, type PreparedInstance } from './prepare/prepare-instance.js';
import { qualifyGold, runReferences, type GoldQualification, type TestLimits } from './tests/qualify.js';
import { surveySeeds, type Survey } from './seeds/survey.js';
import { collectSeeds, type SeedBank } from './seeds/collect-seeds.js';
import { FixEvidence } from './search/fix-evidence.js';
import { once } from '../platform/once.js';
import { SideProbes, type ProbeSetup } from '../observe/side-probes.js';
import { surveySuite, type SuiteSurvey } from './tests/suite.js';
import { planTests, type TestPlan } from './tests/test-plan.js';
import type { World } from './context/audit-context.js';

/** Everything about one instance that does not depend on a candidate: made once, used for all of them. */
export interface InstanceAudit {
  readonly prepared: PreparedInstance;
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
  readonly survey: Survey;
  /** Gold's run of the developer tests: made when a candidate first asks, kept for the others. */
  readonly developerSuite: () => Promise<SuiteSurvey>;
  /** Seconds it took to open, and those of one run of the benchmark's tests on gold. */
  readonly seconds: { readonly opening: number; readonly benchmark: number };
  dispose(): Promise<void>;
}

/**
 * Prepares, qualifies and seeds an instance.
 * @throws Unjudgeable when gold cannot serve as a reference.
 */
export async function openInstance(
  { instance, tests }: InstanceRequest,
  world: World,
): Promise<InstanceAudit> {
  const { options, listen } = world;
  const started = Date.now();
  const prepared = await prepareInstance(instance, world);
  const opened: SideProbes[] = [];
  const dispose = async () => {
    await Promise.allSettled(opened.map((probes) => probes.close()));
    await prepared.dispose();
  };
  try {
    const goldTargets = await findTargets(prepared.base, prepared.gold, prepared.gold);
    const plan = await planTests(instance, prepared.gold.directory, goldTargets, options.testFiles, tests);
    const [base, gold] = [await prepared.open(prepared.base), await prepared.open(prepared.gold)];
    listen({ type: 'stage', instanceId: instance.instanceId, model: null, stage: 'gold tests' });
    const limits: TestLimits = {
      timeoutSeconds: options.timeoutSeconds,
      suite: options.suite,
      developerSeconds: options.suiteSeconds,
    };
    const references = await runReferences(plan, { base, gold }, limits);
    const imports = await importsOf(prepared, goldTargets, [...plan.benchmark, ...plan.developer]);
    const probeSetup: ProbeSetup = { ...imports, secondsPerInput: options.secondsPerInput };
    const probesOf = (side: Side) => {
      const probes = new SideProbes(side, probeSetup, goldTargets);
      opened.push(probes);
      return probes;
    };
    const probes = { base: probesOf(base), gold: probesOf(gold) };
    listen({ type: 'stage', instanceId: instance.instanceId, model: null, stage: 'survey' });
    const survey = async (bank: SeedBank) => ({
      bank,
      survey: await surveySeeds(bank.seeds, probes.gold, Date.now() + options.budgetSeconds * 500),
    });
    const [qualification, surveyed] = await Promise.all([
      qualifyGold({ instance, plan, limits }, gold, references),
      seedsOf(prepared, plan, probes.gold, goldTargets, imports).then(survey),
    ]);
    const goldAnswers = new Map<string, Observation>();
    const shared = {
      prepared,
      plan,
      limits,
      qualification,
      probeSetup,
      goldTargets,
      ...surveyed,
      goldAnswers,
      fix: new FixEvidence(probes.base),
      developerSuite: once(() => surveySuite(plan, gold, limits.suite, limits.developerSeconds)),
      seconds: { opening: (Date.now() - started) / 1000, benchmark: references.gold.seconds },
    };
    return { ...shared, ...probes, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function seedsOf(
  { instance, gold: { directory } }: PreparedInstance,
  plan: TestPlan,
  gold: SideProbes,
  targets: readonly Target[],
  { packages }: Imports,
): Promise<SeedBank> {
  const session = await gold.session(0);
  return collectSeeds({
    directory,
    problemStatement: instance.problemStatement,
    testFiles: [...plan.benchmark, ...plan.developer],
    failToPass: instance.failToPass,
    targets,
    packages,
    patches: [instance.goldPatch],
    resolve: (modules, names) => session.resolve(modules, names),
  });
}

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
  { gold }: PreparedInstance,
  targets: readonly Target[],
  testFiles: readonly string[],
): Promise<Imports> {
  const { packages, importRoots } = topLevelPackages(
    gold.directory,
    targets.map(({ file }) => file),
  );
  const sources = await Promise.all(
    testFiles.map((file) => readFile(path.join(gold.directory, file), 'utf8')),
  );
  const preload = new Set([...packages, ...sources.flatMap(importedModules)]);
  return { packages, importRoots, preload: [...preload] };
}
