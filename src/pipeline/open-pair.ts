import type { AuditOptions, RunSeeds } from '../model/options.js';
import { pairSeeds } from '../model/seeds.js';
import type { SideTree } from '../model/side.js';
import type { Side } from '../observe/engine/engine.js';
import type { Target } from '../model/target.js';
import { FirstDifferences, PairObserver } from '../observe/pair-observer.js';
import { SideProbes, type Observes } from '../observe/side-probes.js';
import { Budget } from '../platform/budget.js';
import { once } from '../platform/once.js';
import { SpeculativeTask } from '../platform/speculative-task.js';
import type { OpenInstance } from './instance.js';
import { ownFilesMatter, type CandidateTrees } from './prepare/candidate-trees.js';
import type { TestSides } from './tests/with-own-files.js';
import type { PairTime } from './judge/pair-seconds.js';
import { observeSeeds, type SeedObservation } from './seeds/observe-seeds.js';
import type { SearchBudget } from './seeds/seed-round.js';

/** What the stages of one pair work with. */
export interface OpenPair {
  readonly targets: readonly Target[];
  readonly seeds: RunSeeds;
  readonly trees: { readonly base: SideTree; readonly gold: SideTree; readonly candidate: SideTree };
  readonly sides: {
    readonly targets: readonly Target[];
    readonly seeds: RunSeeds;
    readonly base: SideProbes;
    readonly gold: SideProbes;
    readonly candidate: SideProbes;
  };
  /** What the candidate's tests are run on. */
  readonly testSides: TestSides;
  /** Where the seconds of the pair go. */
  readonly time: PairTime;
  readonly observer: PairObserver;
  readonly differences: FirstDifferences;
  /** Observing the seeds: may begin beside the tests, and is cancelled where these fail. */
  readonly seedTask: SpeculativeTask<SeedObservation>;
  /** Lets the sides import what the inputs need, so that the first input need not wait. */
  warm(): void;
  dispose(): Promise<void>;
}

/** Opens the candidate's side beside those of its instance. */
export async function openPair(
  instance: OpenInstance,
  targets: readonly Target[],
  { own, observed, tested, steering }: CandidateTrees,
  time: PairTime,
  { budgetSeconds }: Pick<AuditOptions, 'budgetSeconds'>,
): Promise<OpenPair> {
  const { prepared, probeSetup, base, gold, goldAnswers } = instance;
  const seeds = pairSeeds(instance.seeds, observed.effectHash);
  const opened: Side[] = [];
  const open = async (tree: SideTree) => {
    const side = await prepared.open(tree);
    opened.push(side);
    return side;
  };
  const side = await open(observed);
  const testSides = {
    tested: tested === observed ? side : await open(tested),
    own: ownFilesMatter({ steering }) ? once(() => open(own)) : null,
  };
  const candidate = new SideProbes(side, probeSetup, targets);
  const differences = new FirstDifferences(() => time.spent);
  const observerOf = (observed: Observes) => new PairObserver(gold, observed, goldAnswers, differences);
  const seedTask = new SpeculativeTask((signal) => {
    const stoppable = candidate.until(signal);
    const observer = observerOf(stoppable);
    // Of its own for each attempt: what a cancelled one spent is nobody's.
    const budget: SearchBudget = new Budget(budgetSeconds);
    return time.spend('observe', () => observeSeeds(instance, targets, stoppable, observer, budget));
  });
  return {
    ...{ targets, seeds, testSides, time, differences, seedTask },
    trees: { base: prepared.base, gold: prepared.gold, candidate: tested },
    sides: { targets, seeds, base, gold, candidate },
    observer: observerOf(candidate),
    warm() {
      for (const probes of [base, gold, candidate]) probes.warm();
    },
    async dispose() {
      await seedTask.cancel();
      await Promise.all([candidate.close(), base.closeOthers(), gold.closeOthers()]);
      await Promise.all(opened.map((one) => one.dispose()));
    },
  };
}
