import { findTargets } from '../change/targets.js';
import type { Stage } from '../model/events.js';
import type { Prediction } from '../model/instance.js';
import { Budget, secondsFromNow } from '../platform/budget.js';
import { confirm } from './confirm/confirm.js';
import { issueGround } from './confirm/issue-ground.js';
import { counterCheck } from './confirm/counter-check.js';
import { readyToRepeat } from './confirm/ready-to-repeat.js';
import { repeatedCalls } from './confirm/repeated-calls.js';
import { announce } from './context/announce.js';
import type { AuditContext } from './context/audit-context.js';
import { explain } from './explain/explain.js';
import type { OpenInstance } from './instance.js';
import { conclude } from './judge/conclude.js';
import { unlessUnreadable } from './judge/unreadable.js';
import { pairSeconds, type PairTime } from './judge/pair-seconds.js';
import type { Findings } from './judge/record.js';
import { openPair, type OpenPair } from './open-pair.js';
import type { CandidateTrees } from './prepare/candidate-trees.js';
import { search } from './search/search.js';
import { searchSpace } from './search/search-space.js';
import { runDeveloperTests } from './tests/developer-tests.js';
import { forgedTests } from './tests/forgery/forged-tests.js';
import { reachOfTests } from './tests/reach-of-tests.js';
import { runSteeredTests } from './tests/with-own-files.js';

/**
 * Audits one candidate whose trees are ready and is not gold's code: runs the benchmark's tests, observes seeds and mutants
 * of them on gold and candidate, confirms and explains what differs, runs the developer tests, and judges.
 * @throws Unjudgeable when the pair cannot be judged
 */
export async function auditPair(
  instance: OpenInstance,
  prediction: Prediction,
  trees: CandidateTrees,
  context: AuditContext,
): Promise<Findings> {
  const enter = (stage: Stage) => {
    announce(context, prediction.instanceId, prediction.model, stage);
  };
  const time: PairTime = new Budget();
  return time.spend('total', async () => {
    const targets = await findTargets(instance.prepared.base, instance.prepared.gold, trees.observed);
    const pair = await openPair(instance, targets, trees, time, context.options);
    try {
      return await runStages(instance, pair, prediction, trees.steering, context, enter);
    } finally {
      await pair.dispose();
    }
  });
}

async function runStages(
  instance: OpenInstance,
  pair: OpenPair,
  { model, patch, resolved }: Prediction,
  steering: CandidateTrees['steering'],
  { options }: AuditContext,
  enter: (stage: Stage) => void,
): Promise<Findings> {
  const { prepared, plan, limits, qualification } = instance;
  const { targets, sides, testSides, trees, time, seedTask, differences } = pair;

  enter('candidate tests');
  pair.warm();
  // A candidate that its submission counts as unresolved most likely fails, and then needs no seeds.
  if (resolved !== false) seedTask.start();
  let tests = await time.spend('tests', () =>
    runSteeredTests(instance, testSides, steering, () => seedTask.cancel()),
  );
  if (tests.plausible === true) {
    const twins = await time.pause(instance.twins);
    const signs = await time.spend('tests', async () => (await twins?.signs(testSides.tested)) ?? []);
    if (signs.length > 0) tests = { ...tests, plausible: false, forged: signs, session: 'gold-files' };
  }
  const { leftOut, unmatched, passOnBase } = qualification;
  const tested = {
    ...{ plausible: tests.plausible, leftOut, unmatched, passOnBase },
    testSteering: tests.steering,
    forgedTests: forgedTests(tests, patch ?? ''),
  };
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
  await time.spend('confirm', () => readyToRepeat(sides, found.observed));
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
    const runOn = { gold: sides.gold.side, candidate: testSides.tested };
    return runDeveloperTests(plan, runOn, suite, limits.developerSeconds, reachOf);
  });
  // Where the benchmark names no tests, those of its files are developer tests like any other.
  const developerFailures = [...tests.failures, ...tests.unlisted, ...developer.failures];
  const importHits = (await sides.candidate.session()).facts.hits;
  return unlessUnreadable(steering, {
    ...tested,
    ...conclude({ developerFailures, found, confirmation, divergences, targets, importHits }),
    developerTests: developer.tests,
    seeds: pair.seeds,
    seconds: pairSeconds(time, instance.seconds, differences, suite),
  });
}
