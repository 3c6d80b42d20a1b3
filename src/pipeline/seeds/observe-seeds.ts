import type { Target } from '../../model/target.js';
import type { PairObserver } from '../../observe/pair-observer.js';
import type { Observes } from '../../observe/side-probes.js';
import { secondsFromNow } from '../../platform/budget.js';
import type { SeedBank } from './seed-bank.js';
import { observeRound, type SearchBudget, type SeedRound } from './seed-round.js';
import { SeedReach, surveySeeds, type SeedSurvey } from './survey.js';

/** What is known of an instance's seeds before any candidate. */
export interface SeededInstance {
  readonly bank: SeedBank;
  /** Which of gold's targets each seed reaches on gold. */
  readonly survey: SeedSurvey;
  readonly goldTargets: readonly Target[];
  /** The test files that the benchmark runs. */
  readonly plan: { readonly benchmark: readonly string[] };
}

/** What observing the seeds came to: their answers as they were written, and which targets they reach. */
export interface SeedObservation {
  readonly seeds: SeedRound;
  readonly reach: SeedReach;
  /** What is left of it is the search's. */
  readonly budget: SearchBudget;
}

/** Observes the seeds as they were written; what only the candidate changed is looked for on the candidate. */
export async function observeSeeds(
  instance: SeededInstance,
  targets: readonly Target[],
  candidate: Observes,
  observer: PairObserver,
  budget: SearchBudget,
): Promise<SeedObservation> {
  const { bank, survey, plan } = instance;
  const reachOf = (...surveys: SeedSurvey[]) => new SeedReach(bank.seeds, surveys, targets);
  let reach = reachOf(survey);
  const choice = {
    known: reach.seeds(plan.benchmark),
    survey: async () => {
      reach = reachOf(survey, ...(await surveyCandidate(instance, targets, candidate, budget)));
      return reach.seeds(plan.benchmark);
    },
  };
  const seeds = await budget.spend('seeds', () => observeRound(choice, observer, budget));
  return { seeds, reach, budget };
}

async function surveyCandidate(
  { goldTargets, bank }: SeededInstance,
  targets: readonly Target[],
  candidate: Observes,
  { seconds }: Pick<SearchBudget, 'seconds'>,
): Promise<SeedSurvey[]> {
  const known = new Set(goldTargets.map(({ id }) => id));
  if (targets.every(({ id }) => known.has(id))) return [];
  return [await surveySeeds(bank.seeds, candidate, secondsFromNow(seconds))];
}
