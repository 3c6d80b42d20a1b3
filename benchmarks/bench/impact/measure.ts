import path from 'node:path';
import { topLevelPackages } from '../../../src/python/module-name.js';
import { findTargets } from '../../../src/change/targets.js';
import { prepareInstance } from '../../../src/pipeline/prepare/prepare-instance.js';
import { runDeveloperTests } from '../../../src/pipeline/tests/developer-tests.js';
import { Impact } from '../../../src/pipeline/tests/impact.js';
import { surveySuite } from '../../../src/pipeline/tests/suite.js';
import { planTests, type TestPlan } from '../../../src/pipeline/tests/test-plan.js';
import type { AuditContext } from '../../../src/pipeline/context/audit-context.js';
import type { Instance, Prediction } from '../../../src/model/instance.js';
import { EARLIER_SEEDS } from '../../../src/model/options.js';
import type { SuiteFiles } from '../../../src/model/suite.js';
import type { TestResult } from '../../../src/model/test-result.js';
import { prepareSide } from '../../../src/trees/side-tree.js';
import { injectFaults, type Subject } from './faults.js';

/** Trees with an injected fault, for each instance. */
const FAULTS = 4;

/** One candidate: its run of the whole suite, and of the tests that test selection chose. */
export interface MeasuredCandidate {
  readonly name: string;
  readonly run: number;
  readonly of: number;
  readonly wholeSeconds: number;
  readonly impactedSeconds: number;
  /** Ids that the whole suite finds failing. */
  readonly failing: readonly string[];
  /** Of these, those that the selection does not find. */
  readonly missed: readonly string[];
  /** Those that only the selection finds. */
  readonly added: readonly string[];
}

export interface Measured {
  readonly instance: string;
  readonly files: SuiteFiles;
  readonly passed: number;
  /** The shorter of two runs, one before the traced one and one after. */
  readonly bareSeconds: number;
  readonly tracedSeconds: number;
  /** Tests with another status when traced, and in a second run without tracing: flaky ones are in both. */
  readonly changedByTracing: readonly string[];
  readonly changedByItself: readonly string[];
  readonly candidates: readonly MeasuredCandidate[];
}

/**
 * Measures the predictions, the unfixed tree and trees with an injected fault against gold, on the whole suite with the
 * benchmark's own files.
 *
 * @param seconds limit of each run of the suite
 */
export async function measureInstance(
  instance: Instance,
  predictions: readonly Prediction[],
  world: AuditContext,
  seconds: number,
): Promise<Measured> {
  const prepared = await prepareInstance(instance, world);
  try {
    const { base, gold } = prepared;
    const targets = await findTargets(base, gold, gold);
    const planned = await planTests(instance, gold.directory, targets, 0, []);
    const plan: TestPlan = {
      ...planned,
      seeds: EARLIER_SEEDS,
      benchmark: [],
      developer: [],
      rest: [...planned.benchmark, ...planned.rest],
    };
    const side = await prepared.open(gold);
    const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
      const started = Date.now();
      return [await work(), (Date.now() - started) / 1000];
    };
    const [bare, bareSeconds] = await timed(() => surveySuite(plan, side, 'full', seconds));
    const [traced, tracedSeconds] = await timed(() => surveySuite(plan, side, 'impacted', seconds));
    const [again, againSeconds] = await timed(() => surveySuite(plan, side, 'full', seconds));
    const { trace } = traced;
    if (!trace) throw new Error('nothing was traced');
    const subjects: Subject[] = [
      { name: 'unfixed', tree: base, targets: await findTargets(base, gold, base) },
    ];
    for (const [index, prediction] of predictions.entries()) {
      const made = await prepareSide({
        repository: prepared.repository,
        baseCommit: instance.baseCommit,
        side: 'candidate',
        patch: prediction.patch ?? '',
        testPatch: instance.testPatch,
        version: instance.version,
        workDirectory: path.join(prepared.directory, `candidate-${index}`),
      });
      if (made.kind !== 'ready') continue;
      const { tree } = made;
      subjects.push({ name: prediction.model, tree, targets: await findTargets(base, gold, tree) });
    }
    const files = targets.map(({ file }) => file);
    const { packages, importRoots } = topLevelPackages(gold.directory, files);
    const places = importRoots.flatMap((root) =>
      packages.map((name) => path.posix.join(root, name.replaceAll('.', '/'))),
    );
    subjects.push(...(await injectFaults(base, gold, places, FAULTS, prepared.directory)));
    const candidates: MeasuredCandidate[] = [];
    for (const { name, tree, targets: own } of subjects) {
      const candidate = await prepared.open(tree);
      const sides = { gold: side, candidate };
      const [whole, wholeSeconds] = await timed(() =>
        runDeveloperTests(plan, sides, bare, seconds, () => 'possible'),
      );
      const [impacted, impactedSeconds] = await timed(async () => {
        const impact = await Impact.of(trace, own, { base, gold, candidate: tree });
        return runDeveloperTests(plan, sides, traced, seconds, (test) => impact.reach(test));
      });
      await candidate.dispose();
      const failing = whole.failures.map(keyOf);
      const selected = impacted.failures.map(keyOf);
      candidates.push({
        name,
        run: impacted.tests.run,
        of: impacted.tests.of,
        wholeSeconds,
        impactedSeconds,
        failing,
        missed: failing.filter((id) => !selected.includes(id)),
        added: selected.filter((id) => !failing.includes(id)),
      });
    }
    return {
      instance: instance.instanceId,
      files: bare.files,
      passed: bare.results.filter(({ status }) => status === 'passed').length,
      bareSeconds: Math.min(bareSeconds, againSeconds),
      tracedSeconds,
      changedByTracing: changed(bare.results, traced.results),
      changedByItself: changed(bare.results, again.results),
      candidates,
    };
  } finally {
    await prepared.dispose();
  }
}

const keyOf = ({ id, file }: { readonly id: string; readonly file: string }): string =>
  id.startsWith(file) ? id : `${file} ${id}`;

function changed(one: readonly TestResult[], other: readonly TestResult[]): string[] {
  const statuses = new Map(other.map((test) => [keyOf(test), test.status]));
  return one.filter((test) => statuses.get(keyOf(test)) !== test.status).map(keyOf);
}
