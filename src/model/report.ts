import type { Comparison } from './comparison.js';
import type { DivergenceClass, Grade } from './divergence.js';
import type { ReviewMetrics } from './review-metrics.js';
import type { StudyRow } from './study.js';
import type { PairRecord, UnverifiableReason, VerdictOutcome } from './verdict.js';

/** A count with the ids behind it, as a share of a named whole. */
export interface Rate {
  readonly count: number;
  /** The denominator. */
  readonly of: number;
  /** From 0 to 1; null when the denominator is 0. */
  readonly rate: number | null;
  /** 95% Wilson interval; null when the denominator is 0. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Instance ids, sorted; `model/instance` in the metrics over all submissions. */
  readonly ids: readonly string[];
}

/** The resolved instances, as reported and as each kind of evidence leaves them. All are shares of the instances. */
export interface ResolvedRates {
  /** The file that counts them as resolved; `measured` when there is none and the rerun here decides. */
  readonly source: string;
  readonly reported: Rate;
  /** Without those that fail the benchmark's own tests when these are rerun. */
  readonly afterOwnTests: Rate;
  /** Of these, without those that fail developer tests which gold passes. */
  readonly afterDeveloperTests: Rate;
  /** Of these, without those with a divergence of a strong grade. */
  readonly afterStrongEvidence: Rate;
  /** Of these, without every divergent one. */
  readonly afterAnyDivergence: Rate;
  /** Reported as resolved, and not judged here: subtracted nowhere. */
  readonly unjudged: readonly string[];
  /** Percentage points by which the reported rate exceeds the one that is left. */
  readonly inflation: { readonly strong: number | null; readonly any: number | null };
}

/** What one submission (or all together) came to. Every count is disjoint from its siblings and names its ids. */
export interface SubmissionMetrics {
  readonly model: string;
  /** Instances considered: the denominator of the resolved rates. */
  readonly instances: number;
  /** Predictions given: the seven outcomes and `pending` add up to it. */
  readonly submitted: number;
  /** Instances without a prediction. */
  readonly incomplete: readonly string[];
  readonly outcomes: Readonly<Record<VerdictOutcome, readonly string[]>>;
  /** Predictions that the run has not come to. */
  readonly pending: readonly string[];
  readonly unverifiable: Readonly<Partial<Record<UnverifiableReason, readonly string[]>>>;
  readonly resolved: ResolvedRates;
  /** Divergent ones among the plausible patches that were judged (consistent or divergent). */
  readonly divergentPlausible: Rate;
  /** Divergent pairs by the class of their strongest divergence; those that only failed tests have none. */
  readonly classes: Readonly<Partial<Record<DivergenceClass, Rate>>>;
  /** Divergent pairs by their strongest grade. */
  readonly grades: Readonly<Partial<Record<Grade, Rate>>>;
  /** Pairs in which the reference is the suspect: counted among the divergent, not as strong evidence. */
  readonly goldSuspect: readonly string[];
  /** Seconds of the pairs computed (not reused). */
  readonly seconds: { readonly pairs: number; readonly median: number | null; readonly total: number };
}

/** What can be counted without a reviewer and without comparing submissions. */
export interface RunRates {
  /** Grades that count as strong evidence. */
  readonly strongGrades: readonly Grade[];
  readonly submissions: readonly SubmissionMetrics[];
  /** Every pair of every submission, each submission with all its instances. */
  readonly overall: SubmissionMetrics;
}

/** Every figure of a run. */
export interface RunMetrics extends RunRates {
  /** Null for a single submission. */
  readonly comparison: Comparison | null;
  /** The published study's figures beside those of all submissions together. */
  readonly study: readonly StudyRow[];
  /** Null where nobody has labelled anything. */
  readonly review: ReviewMetrics | null;
}

/** A file the run read. */
export interface FileFacts {
  readonly path: string;
  readonly sha256: string;
}

/** Where the rows came from. */
export interface DatasetFacts extends FileFacts {
  /** The hub's id of the dataset with the commit and split that were read; absent for a path. */
  readonly hub?: { readonly id: string; readonly revision: string; readonly split: string };
}

/** One submission of a run: what it gave, and what others count as resolved of it. */
export interface SubmissionFacts {
  readonly model: string;
  readonly files: readonly FileFacts[];
  /** Instances it has a prediction for. */
  readonly submitted: readonly string[];
  /** Null when no results came with it: then passing the rerun tests counts as resolved. */
  readonly reported: { readonly ids: readonly string[]; readonly source: string } | null;
}

/** Which part of a dataset a run is: the `index`-th of `of`, from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** What was run, as the report says it. */
export interface RunFacts {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly dataset: DatasetFacts & { readonly instances: number };
  /** Instance ids of this run, in the order of the dataset: all that were selected, or those of the shard. */
  readonly instances: readonly string[];
  /** `selection`: SHA-256 of the ids selected before sharding. */
  readonly shard: (Shard & { readonly selection: string }) | null;
  readonly submissions: readonly SubmissionFacts[];
  /** Everything that can change a verdict. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** One sentence: which engine, and why. */
  readonly engine: string;
  readonly seed: number;
}

/** `report.json`. Version 1. */
export interface RunReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'patchdiff'; readonly version: string; readonly probe: string };
  readonly run: RunFacts & { readonly finishedAt: string };
  readonly records: readonly PairRecord[];
  readonly metrics: RunMetrics;
}
