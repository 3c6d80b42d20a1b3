import type { Target } from '../../model/target.js';
import { Reach, surveySeeds, type Survey } from './survey.js';
import type { Span } from '../../platform/clock.js';
import type { SeedBank } from './collect-seeds.js';
import type { AuditOptions } from '../../model/options.js';
import type { PairObserver } from '../../observe/pair-observer.js';
import { observeSeeds, type SeedRound } from './seed-round.js';
import type { SideProbes } from '../../observe/side-probes.js';

/** What looking at the seeds came to. */
export interface Look {
  readonly seeds: SeedRound;
  readonly reach: Reach;
  readonly span: Span;
}

/** What is known of an instance's seeds before any candidate. */
export interface SeededInstance {
  readonly bank: SeedBank;
  /** Which of gold's targets each seed reaches on gold. */
  readonly survey: Survey;
  readonly goldTargets: readonly Target[];
  /** The benchmark's own test files lead. */
  readonly plan: { readonly benchmark: readonly string[] };
}

/** What the seeds show as they were written, and which targets they reach. */
export async function lookAtSeeds(
  audit: SeededInstance,
  targets: readonly Target[],
  candidate: Pick<SideProbes, 'observe'>,
  observer: PairObserver,
  options: AuditOptions,
): Promise<Look> {
  const { bank, survey, plan } = audit;
  const began = Date.now();
  const reachOf = (...surveys: Survey[]) => new Reach(bank.seeds, surveys, targets);
  let reach = reachOf(survey);
  const choice = {
    known: reach.seeds(plan.benchmark),
    survey: async () => {
      reach = reachOf(survey, ...(await candidateSurvey(audit, targets, candidate, options)));
      return reach.seeds(plan.benchmark);
    },
  };
  const seeds = await observeSeeds(choice, observer, options.budgetSeconds);
  return { seeds, reach, span: { began, ended: Date.now() } };
}

/** What only the candidate changed is looked for on the candidate. */
async function candidateSurvey(
  { goldTargets, bank }: SeededInstance,
  targets: readonly Target[],
  candidate: Pick<SideProbes, 'observe'>,
  { budgetSeconds }: AuditOptions,
): Promise<Survey[]> {
  const known = new Set(goldTargets.map(({ id }) => id));
  if (targets.every(({ id }) => known.has(id))) return [];
  return [await surveySeeds(bank.seeds, candidate, Date.now() + budgetSeconds * 1000)];
}
