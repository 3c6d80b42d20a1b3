import { findTargets } from '../change/targets.js';
import type { Stage } from '../model/events.js';
import type { Prediction } from '../model/instance.js';
import type { SideTree } from '../model/side.js';
import { Budget, secondsFromNow } from '../platform/budget.js';
import { confirm } from './confirm/confirm.js';
import { issueGround } from './confirm/issue-ground.js';
import { counterCheck } from './confirm/counter-check.js';
import { repeatedCalls } from './confirm/repeated-calls.js';
import { announce } from './context/announce.js';
import type { AuditContext } from './context/audit-context.js';
import { explain } from './explain/explain.js';
import type { OpenInstance } from './instance.js';
import { conclude } from './judge/conclude.js';
import { pairSeconds, type PairTime } from './judge/pair-seconds.js';
import type { Findings } from './judge/record.js';
import { openPair, type OpenPair } from './open-pair.js';
import { search } from './search/search.js';
import { searchSpace } from './search/search-space.js';
import { runCandidateTests } from './tests/candidate-tests.js';
import { runDeveloperTests } from './tests/developer-tests.js';
import { reachOfTests } from './tests/reach-of-tests.js';

/**
 * Audits one candidate whose tree is ready and is not gold's code: runs the benchmark's tests, observes seeds and mutants
 * of them on gold and candidate, confirms and explains what differs, runs the developer tests, and judges.
 * @throws Unjudgeable when the pair cannot be judged
 */
export async function auditPair(
  instance: OpenInstance,
  prediction: Prediction,
  tree: SideTree,
  context: AuditContext,
): Promise<Findings> {
  const enter = (stage: Stage) => {
    announce(context, prediction.instanceId, prediction.model, stage);
  };
  const time: PairTime = new Budget();
  return time.spend('total', async () => {
    const targets = await findTargets(instance.prepared.base, instance.prepared.gold, tree);
    const pair = await openPair(instance, targets, tree, time, context.options);
    try {
      return await runStages(instance, pair, prediction, context, enter);
    } finally {
      await pair.dispose();
    }
  });
}

async function runStages(
  instance: OpenInstance,
  pair: OpenPair,
  { model, resolved }: Prediction,
  { options }: AuditContext,
  enter: (stage: Stage) => void,
): Promise<Findings> {
  const { prepared, plan, limits, qualification } = instance;
  const { targets, sides, trees, time, seedTask, differences } = pair;

  enter('candidate tests');
  pair.warm();
  // A candidate that its submission counts as unresolved most likely fails, and then needs no seeds.
  if (resolved !== false) seedTask.start();
  const tests = await time.spend('tests', () =>
    runCandidateTests(instance, sides.candidate.side, () => seedTask.cancel()),
  );
  const { leftOut, unmatched, passOnBase } = qualification;
  const tested = { plausible: tests.plausible, leftOut, unmatched, passOnBase };
  if (tests.plausible === false) {
    const seconds = pairSeconds(time, instance.seconds);
    return { ...tested, verdict: { outcome: 'divergent' }, benchmarkFailures: tests.failures, seconds };
  }

  enter('observe');
  const { seeds, reach, budget } = await seedTask.result();
  enter('mutate');
  const found = await time.spend('observe', async () => {
    const space = await searchSpace(instance.bank, targets, trees);
    const searched = await search(space, seeds, {
      observer: pair.observer,
      fix: instance.fix,
      budget,
      options,
    });
    const repeated = await pair.observer.observe(repeatedCalls(searched.observed), {
      limit: secondsFromNow(options.budgetSeconds / 4),
    });
    return { ...searched, observed: [...searched.observed, ...repeated.observed] };
  });

  enter('confirm');
  const limit = secondsFromNow(options.budgetSeconds);
  const ground = issueGround(instance.bank.seeds, prepared.instance.failToPass, seeds.steady);
  const asked = { ...sides, ground };
  const confirmation = await time.spend('confirm', () =>
    confirm(found.observed, asked, options.divergences, limit),
  );
  const plain = await time.spend('confirm', () =>
    time.spend('plain', () => counterCheck(found.observed, confirmation.confirmed, asked, limit)),
  );
  enter('shrink');
  const divergences = await time.spend('confirm', () =>
    explain(
      { ...confirmation, confirmed: [...plain, ...confirmation.confirmed] },
      asked,
      { instance: prepared.instance, model },
      options.divergences,
      limit,
    ),
  );

  enter('developer tests');
  const suite = await time.pause(instance.developerSuite);
  const developer = await time.spend('tests', async () => {
    const reachOf = await reachOfTests(suite, targets, trees, reach);
    const runOn = { gold: sides.gold.side, candidate: sides.candidate.side };
    return runDeveloperTests(plan, runOn, suite, limits.developerSeconds, reachOf);
  });
  // Where the benchmark names no tests, those of its files are developer tests like any other.
  const developerFailures = [...tests.failures, ...tests.unlisted, ...developer.failures];
  const importHits = (await sides.candidate.session()).facts.hits;
  return {
    ...tested,
    ...conclude({ developerFailures, found, confirmation, divergences, targets, importHits }),
    developerTests: developer.tests,
    seeds: pair.seeds,
    seconds: pairSeconds(time, instance.seconds, differences, suite),
  };
}
