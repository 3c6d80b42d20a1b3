import type { Divergence } from './divergence.js';
import type { ApplyRung } from './side.js';
import type { DeveloperTests } from './suite.js';
import type { TestStatus } from './test-result.js';

/** Why a pair could not be judged. */
export const UNVERIFIABLE_REASONS = [
  'gold-not-applied',
  'test-patch-not-applied',
  'gold-fails-its-tests',
  'gold-flaky',
  'gold-timeout',
  'candidate-timeout',
  'candidate-crashed',
  'no-tests-ran',
  'no-python-change',
  'environment-broken',
  'every-difference-flaky',
  'differences-not-repeated',
  'nothing-comparable',
] as const;
export type UnverifiableReason = (typeof UNVERIFIABLE_REASONS)[number];

/** The verdict of one prediction. The seven outcomes are disjoint and add up to the predictions submitted. */
export type Verdict =
  /** `identical`: equal but for comments, docstrings, layout, local names and stray scripts; nothing was run. */
  | { readonly outcome: 'consistent'; readonly identical: boolean }
  | { readonly outcome: 'divergent' }
  | { readonly outcome: 'unverifiable'; readonly reason: UnverifiableReason; readonly detail: string }
  /** Changed targets that no input reached. */
  | { readonly outcome: 'not-reached' }
  | { readonly outcome: 'not-applied'; readonly detail: string }
  | { readonly outcome: 'empty' }
  | { readonly outcome: 'infra-error'; readonly detail: string };

export type VerdictOutcome = Verdict['outcome'];

/** A test whose status differs from what it must be. */
export interface TestFailure {
  readonly id: string;
  readonly file: string;
  readonly gold: TestStatus;
  readonly candidate: TestStatus;
  readonly base?: TestStatus;
  readonly message?: string;
}

/** What the inputs of one pair came to; every input is in exactly one of the counts after `tried`. */
export interface InputCounts {
  readonly tried: number;
  readonly same: number;
  /** Confirmed or awaiting a place among those confirmed. */
  readonly different: number;
  /** Disagreed with themselves on repetition. */
  readonly flaky: number;
  /** A side gave no evidence (timeout, crash, resource) or something could not be read. */
  readonly unknown: number;
  /** The set-up did not run on gold. */
  readonly setupFailed: number;
}

/** What a pair cost, in seconds of wall clock. */
export interface PairSeconds {
  /** This candidate's own share. Its parts are the next three, of which the first two overlap. */
  readonly total: number;
  readonly tests: number;
  readonly observe: number;
  readonly confirm: number;
  /** Spent once for all candidates of the instance: preparing it, qualifying gold, surveying the seeds and the suite. */
  readonly instance: number;
  /**
   * What to measure the others against: running the instance's test files once on each of two sides, taken as
   * twice one run on gold. 0 when no test was run.
   */
  readonly bare: number;
  /**
   * From the start of this candidate's share until the inputs of each generator first showed a difference,
   * confirmed or not. A generator that showed none is absent.
   */
  readonly firstDifference: Readonly<Record<string, number>>;
}

/** One prediction's record: everything the report says of a pair. */
export interface PairRecord {
  readonly instanceId: string;
  readonly model: string;
  readonly verdict: Verdict;
  /** Passed FAIL_TO_PASS and PASS_TO_PASS when rerun here; null when that was not established. */
  readonly plausible: boolean | null;
  readonly benchmarkFailures: readonly TestFailure[];
  /** The benchmark's tests that gold itself does not pass here, or not always: the pair is judged without them. */
  readonly leftOut: readonly string[];
  /** Tests of FAIL_TO_PASS that the unfixed code passes here too: that a candidate passes them says little. */
  readonly passOnBase: readonly string[];
  /** Developer tests outside the benchmark's own that gold passes and the candidate fails. */
  readonly developerFailures: readonly TestFailure[];
  /** Which of the others the candidate was run on; null when it did not come to that. */
  readonly developerTests: DeveloperTests | null;
  /** Ranked: the first is the one a maintainer would act on. */
  readonly divergences: readonly Divergence[];
  readonly inputs: InputCounts;
  /** Inputs per generator that were observed on both sides. */
  readonly generated: Readonly<Record<string, number>>;
  readonly targets: readonly { readonly id: string; readonly reached: boolean }[];
  readonly applied: { readonly gold: ApplyRung; readonly candidate: ApplyRung | null };
  /** Files the candidate changes that could influence how tests run or are counted. */
  readonly hygiene: readonly { readonly file: string; readonly flag: string }[];
  /** SHA-256 of the patch texts, and of what they do to the tree. */
  readonly hashes: {
    readonly goldPatch: string;
    readonly candidatePatch: string;
    readonly goldEffect: string;
    readonly candidateEffect: string | null;
  };
  readonly environment: {
    readonly engine: 'docker' | 'local';
    readonly image: string | null;
    readonly python: string;
    /** SHA-256 of the recipe that the environment was made from; absent when it was given. */
    readonly recipe?: string;
    readonly probe: string;
  };
  readonly seed: number;
  /** The time budget, not the number of inputs, ended the search: a rerun may see more or less. */
  readonly budgetCut: boolean;
  readonly seconds: PairSeconds;
  /** The pair whose record this one repeats, because both patches do the same to the tree. */
  readonly reusedFrom: { readonly instanceId: string; readonly model: string } | null;
}
