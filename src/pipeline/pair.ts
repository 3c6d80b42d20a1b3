import path from 'node:path';
import { sameCode } from '../change/identical.js';
import { isStrayScript } from '../change/stray-script.js';
import { findTargets } from '../change/targets.js';
import type { Divergence } from '../model/divergence.js';
import type { Prediction } from '../model/instance.js';
import type { SideTree } from '../model/side.js';
import type { Target } from '../model/target.js';
import type { TestResult } from '../model/test-result.js';
import type { PairRecord, TestFailure } from '../model/verdict.js';
import { prepareSide, type PreparedSide } from '../trees/side-tree.js';
import { runBenchmarkTests } from './tests/qualify.js';
import { search, type SearchResult } from './search/search.js';
import { confirm, type Confirmation } from './confirm/confirm.js';
import { explain } from './explain/explain.js';
import type { Reach } from './seeds/survey.js';
import { Clock } from '../platform/clock.js';
import { runDeveloperTests } from './tests/developer-tests.js';
import { Early } from './early.js';
import type { Stage } from '../model/events.js';
import { frontierPlaces } from './search/frontier-calls.js';
import { Impact, type Reach as TestReach } from './tests/impact.js';
import type { InstanceAudit } from './instance.js';
import { countGenerated, countInputs, judge, reachedTargets } from './judge/judge.js';
import { lookAtSeeds } from './seeds/observe-seeds.js';
import { confirmSlow } from './confirm/slow.js';
import { publicTables } from './search/public-tables.js';
import { PairObserver } from '../observe/pair-observer.js';
import { emptyRecord, type PairFacts } from './judge/record.js';
import { SideProbes } from '../observe/side-probes.js';
import type { SuiteSurvey } from './tests/suite.js';
import { Unjudgeable } from '../model/unjudgeable.js';
import type { World } from './context/audit-context.js';

/** Makes the candidate's tree; a patch that does not apply is a verdict, not a failure. */
export async function prepareCandidate(
  audit: InstanceAudit,
  prediction: Prediction,
  name: string,
): Promise<PreparedSide> {
  const { prepared } = audit;
  return prepareSide({
    repository: prepared.repository,
    baseCommit: prepared.instance.baseCommit,
    side: 'candidate',
    patch: prediction.patch ?? '',
    testPatch: prepared.instance.testPatch,
    version: prepared.instance.version,
    workDirectory: path.join(prepared.directory, name),
  });
}

/**
 * Whether gold and candidate are the same code, so that there is nothing to run. Scripts that the candidate left at
 * the root of the tree, and that nothing there can load, take no part.
 */
export async function isIdentical(audit: InstanceAudit, candidate: SideTree): Promise<boolean> {
  const { gold } = audit.prepared;
  if (gold.effectHash === candidate.effectHash) return true;
  const own = candidate.changedFiles.filter((file) => !gold.changedFiles.includes(file));
  const strays: string[] = [];
  for (const file of own)
    if (await isStrayScript(gold.directory, candidate.directory, file)) strays.push(file);
  const files = [...gold.changedFiles, ...own.filter((file) => !strays.includes(file))];
  return sameCode(gold.directory, candidate.directory, files);
}

/** Runs, compares and judges one candidate whose tree is ready and differs from gold's. */
export async function auditCandidate(
  audit: InstanceAudit,
  facts: PairFacts,
  tree: SideTree,
  world: World,
): Promise<PairRecord> {
  const clock = new Clock(audit.seconds);
  const { prepared, plan, limits, qualification } = audit;
  const { leftOut, passOnBase } = qualification;
  const stage = (name: Stage) => {
    world.signal.throwIfAborted();
    world.listen({
      type: 'stage',
      instanceId: facts.prediction.instanceId,
      model: facts.prediction.model,
      stage: name,
    });
  };
  const targets = await findTargets(prepared.base, prepared.gold, tree);
  const side = await prepared.open(tree);
  const candidate = new SideProbes(side, audit.probeSetup, targets);
  const firstDifference = new Map<string, number>();
  const look = new Early(async (signal) => {
    const until = candidate.until(signal);
    const observer = new PairObserver(audit.gold, until, audit.goldAnswers, firstDifference);
    return lookAtSeeds(audit, targets, until, observer, world.options);
  });
  try {
    stage('candidate tests');
    for (const probes of [audit.base, candidate]) probes.warm();
    if (facts.prediction.resolved !== false) look.begin();
    const tests = await runBenchmarkTests(prepared.instance, plan, side, qualification, limits, () =>
      look.giveWay(),
    );
    clock.lap('tests');
    const record: PairRecord = {
      ...emptyRecord(facts, { outcome: 'divergent' }),
      plausible: tests.plausible,
      leftOut,
      passOnBase,
      benchmarkFailures: tests.plausible === false ? tests.failures : [],
    };
    if (tests.plausible === false) return { ...record, seconds: clock.read() };

    stage('observe');
    const { seeds, reach, span } = await look.result();
    clock.beside(span);
    stage('mutate');
    const tables = await publicTables(prepared.base.directory, targets);
    const trees = { gold: prepared.gold.directory, candidate: tree.directory };
    const places = await frontierPlaces(targets, trees);
    const space = { bank: audit.bank, targets, tables, places };
    const observer = new PairObserver(audit.gold, candidate, audit.goldAnswers, firstDifference);
    const found = await search(space, seeds, observer, audit.fix, world.options);
    clock.lap('observe');

    stage('confirm');
    const sides = { targets, base: audit.base, gold: audit.gold, candidate };
    const deadline = Date.now() + world.options.budgetSeconds * 1000;
    const suspects = found.observed.filter(({ comparison }) => comparison.kind === 'different');
    const confirmation = await confirm(suspects, sides, world.options.divergences, deadline);
    const slow = await confirmSlow(found.observed, sides);
    stage('shrink');
    const pair = { instance: prepared.instance, model: facts.prediction.model };
    const divergences = await explain(
      [...confirmation.confirmed, ...slow],
      sides,
      pair,
      world.options.divergences,
      deadline,
    );
    clock.lap('confirm');

    stage('developer tests');
    const suite = await audit.developerSuite();
    clock.shared();
    const developer = await runDeveloperTests(
      plan,
      { gold: audit.gold.side, candidate: side },
      suite,
      limits.developerSeconds,
      await developerReach(audit, suite, targets, tree, reach),
    );
    const developerFailures = [...(tests.plausible === null ? tests.failures : []), ...developer.failures];
    clock.lap('tests');
    const importHits = (await candidate.session(0)).facts.hits;
    return {
      ...record,
      developerTests: developer.tests,
      ...conclude({ developerFailures, found, confirmation, divergences, targets, importHits }),
      seconds: clock.read(firstDifference, suite),
    };
  } finally {
    await look.giveWay();
    await candidate.close();
    await side.dispose();
  }
}

/** Which developer tests can tell gold from the candidate. */
async function developerReach(
  { prepared }: InstanceAudit,
  { suite, trace }: SuiteSurvey,
  targets: readonly Target[],
  candidate: SideTree,
  seeds: Reach,
): Promise<(test: TestResult) => TestReach> {
  if (suite === 'full') return () => 'possible';
  if (!trace) return (test) => (seeds.mayReach(test) ? 'possible' : 'none');
  const impact = await Impact.of(trace, targets, { base: prepared.base, gold: prepared.gold, candidate });
  return (test) => impact.reach(test);
}

/** All that was learnt of one pair. */
interface Evidence {
  readonly developerFailures: readonly TestFailure[];
  readonly found: SearchResult;
  readonly confirmation: Confirmation;
  readonly divergences: readonly Divergence[];
  readonly targets: readonly Target[];
  readonly importHits: readonly string[];
}

function conclude({
  developerFailures,
  found,
  confirmation,
  divergences,
  targets,
  importHits,
}: Evidence): Partial<PairRecord> {
  const counts = countInputs(found.observed, confirmation, found.unsteady.length);
  const all = [...found.observed, ...found.unsteady];
  const reached = reachedTargets(targets, all, importHits);
  const differing = new Set(targets.filter(differs).map(({ id }) => id));
  return {
    developerFailures,
    verdict: judge({
      divergent: divergences.length > 0 || developerFailures.length > 0,
      counts,
      differing: reached.filter(({ id }) => differing.has(id)),
      candidateFlaky: confirmation.candidateFlaky,
      cut: confirmation.cut,
    }),
    divergences,
    inputs: counts,
    generated: countGenerated(all),
    targets: reached,
    budgetCut: found.budgetCut,
  };
}

/** Whether a target's code is not the same on gold and candidate. */
const differs = ({ definitions }: Target): boolean =>
  definitions.gold?.tokens !== definitions.candidate?.tokens;

/** The verdict of a pair that ended early. */
export function earlyRecord(facts: PairFacts, error: Unjudgeable): PairRecord {
  return emptyRecord(facts, { outcome: 'unverifiable', reason: error.reason, detail: error.detail });
}
