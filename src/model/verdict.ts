import { z } from 'zod';
import { divergenceSchema } from './divergence.js';
import type { Immutable } from './immutable.js';
import { pairNameSchema } from './pair-name.js';
import { count, share } from './scalars.js';
import { applyStrategySchema } from './side.js';
import { developerTestsSchema } from './suite.js';
import { testStatusSchema } from './test-result.js';

export const unverifiableReasonSchema = z.enum([
  'gold-not-applied',
  'test-patch-not-applied',
  'gold-flaky',
  'gold-timeout',
  'candidate-timeout',
  'candidate-crashed',
  'no-python-change',
  'environment-broken',
  'every-difference-flaky',
  'differences-not-repeated',
  'nothing-comparable',
  'candidate-silent',
  'unreadable-code',
]);

/** Why a pair could not be judged. */
export type UnverifiableReason = z.infer<typeof unverifiableReasonSchema>;

const detail = z.string();
const verdictSchema = z.discriminatedUnion('outcome', [
  // `identical`: equal but for comments, docstrings that nothing reads, layout, local names and stray scripts. The
  // benchmark's tests were run once, unless both patches do the same to every byte.
  z.object({ outcome: z.literal('consistent'), identical: z.boolean() }),
  z.object({ outcome: z.literal('divergent') }),
  z.object({ outcome: z.literal('unverifiable'), reason: unverifiableReasonSchema, detail }),
  // No input reached the changed targets.
  z.object({ outcome: z.literal('not-reached') }),
  z.object({ outcome: z.literal('not-applied'), detail }),
  z.object({ outcome: z.literal('empty') }),
  // The row or the prediction cannot be read: nothing was run.
  z.object({ outcome: z.literal('invalid-row'), detail }),
  z.object({ outcome: z.literal('infra-error'), detail }),
]);

/** The verdict of one prediction. The eight outcomes are disjoint and add up to the predictions submitted. */
export type Verdict = Immutable<z.infer<typeof verdictSchema>>;

export type VerdictOutcome = Verdict['outcome'];

const testFailureSchema = z.object({
  id: z.string(),
  file: z.string(),
  gold: testStatusSchema,
  candidate: testStatusSchema,
  base: testStatusSchema.exactOptional(),
  message: z.string().exactOptional(),
});

/** A test whose status differs from what it must be. */
export type TestFailure = Immutable<z.infer<typeof testFailureSchema>>;

const forgerySignSchema = z.object({
  /** A test that must fail or pass, the id of a test, or a file, in words that are the same in every run. */
  canary: z.string(),
  /** What it must do. */
  expected: z.string(),
  /** What it did. */
  answered: z.string(),
});

/** What shows that a session of tests was tampered with. */
export type ForgerySign = Immutable<z.infer<typeof forgerySignSchema>>;

const forgedTestsSchema = z.object({
  /** `gold-files`: with the files that steer the tests as gold has them; `own-files`: as the candidate has them. */
  session: z.enum(['gold-files', 'own-files']),
  signs: z.array(forgerySignSchema),
  /** Lines of the patch that may have done it, 1-based in the patched file; the first few. */
  lines: z.array(z.object({ file: z.string(), line: count, text: z.string() })),
});

/** A session of tests whose results count for nothing. */
export type ForgedTests = Immutable<z.infer<typeof forgedTestsSchema>>;

export const steeringKindSchema = z.enum([
  'conftest',
  'test-configuration',
  'test-helper',
  'edited-test',
  'deleted-test',
  'interpreter-startup',
  'shadows-module',
  'byte-code',
]);

/** In what way a file steers tests. */
export type SteeringKind = z.infer<typeof steeringKindSchema>;

const testSteeringSchema = z.object({
  /** Files that steer tests or are tests, and that the candidate has not as gold has them. */
  files: z.array(z.object({ file: z.string(), kind: steeringKindSchema })),
  /**
   * What the benchmark's tests say when these files are the candidate's own: `not-run` where they cannot matter,
   * `same` as with gold's files, `passes` or `fails` where that differs.
   */
  withOwn: z.enum(['not-run', 'same', 'passes', 'fails']),
});

/** What a candidate changes of the files that steer tests. They are gold's when its tests are run. */
export type TestSteering = Immutable<z.infer<typeof testSteeringSchema>>;

/** Of a candidate that changes no such file. */
export const NO_STEERING: TestSteering = { files: [], withOwn: 'not-run' };

const inputCountsSchema = z.object({
  tried: count,
  same: count,
  /** Showed a difference that was confirmed, on this input or on another one with the same kind of difference. */
  different: count,
  /** Disagreed with themselves on repetition. */
  flaky: count,
  /** A side gave no evidence (timeout, crash, resource) or something could not be read. */
  unknown: count,
  /** The set-up did not run on gold. */
  setupFailed: count,
});

/** What the inputs of one pair came to; every input is in exactly one of the counts after `tried`. */
export type InputCounts = Immutable<z.infer<typeof inputCountsSchema>>;

const differsSchema = z.object({
  /** Inputs that are not contrived, reached code that the patches have differently, and could be compared. */
  reached: count,
  /** Those of them that showed a confirmed kind of difference in more than text, last digits or private state. */
  different: count,
  /** The latter by what the candidate got wrong, where base was asked about that kind of difference. */
  regression: count,
  unfixed: count,
  otherFix: count,
});

/** How often gold and candidate differ where it matters. */
export type Differs = Immutable<z.infer<typeof differsSchema>>;

const pairSecondsSchema = z.object({
  /** This candidate's own share. Its parts are the next three, of which the first two overlap. */
  total: z.number(),
  tests: z.number(),
  observe: z.number(),
  confirm: z.number(),
  /**
   * Spent once for all candidates of the instance: preparing it, checking that gold qualifies, surveying the seeds
   * and the suite.
   */
  instance: z.number(),
  /**
   * The baseline for the others: running the instance's test files once on each of two sides, estimated as twice
   * one run on gold. 0 when no test was run.
   */
  bare: z.number(),
  /** The part of `confirm` in which inputs were run plainly; absent where none were. */
  plain: z.number().exactOptional(),
  /**
   * From the start of this candidate's share until the inputs of each generator first showed a difference,
   * confirmed or not. A generator that showed none is absent.
   */
  firstDifference: z.record(z.string(), z.number()),
});

/** What a pair cost, in seconds of wall clock. */
export type PairSeconds = Immutable<z.infer<typeof pairSecondsSchema>>;

export const pairRecordSchema = z
  .object({
    instanceId: z.string(),
    model: z.string(),
    verdict: verdictSchema,
    /** Passed FAIL_TO_PASS and PASS_TO_PASS when rerun here; null when that was not established. */
    plausible: z.boolean().nullable(),
    benchmarkFailures: z.array(testFailureSchema),
    /** The benchmark's tests that gold itself does not pass here, or not always: the pair is judged without them. */
    leftOut: z.array(z.string()),
    /** Those of them that name no test that ran here on gold. */
    unmatched: z.array(z.string()).default([]),
    /** Tests of FAIL_TO_PASS that the unfixed code passes here too: passing them is little evidence for a candidate. */
    passOnBase: z.array(z.string()),
    /** Set where the candidate makes its tests pass by other means than the fix: then their results count for nothing. */
    forgedTests: forgedTestsSchema.nullable().default(null),
    testSteering: testSteeringSchema.default({ files: [], withOwn: 'not-run' }),
    /** Developer tests outside the benchmark's own that gold passes and the candidate fails. */
    developerFailures: z.array(testFailureSchema),
    /** Which of those the candidate was run on; null when the audit ended before. */
    developerTests: developerTestsSchema.nullable(),
    /** Ranked: the first is the one a maintainer would act on. */
    divergences: z.array(divergenceSchema),
    /**
     * How likely the candidate is incorrect. A figure of the report, computed anew from the rest whenever a report is
     * made or read; null where the pair was not judged.
     */
    score: share.nullable().default(null),
    inputs: inputCountsSchema,
    /** Null where no inputs were compared, and in records made before this was counted. */
    differs: differsSchema.nullable().default(null),
    /** Inputs per generator that were observed on both sides. */
    generated: z.record(z.string(), count),
    targets: z.array(z.object({ id: z.string(), reached: z.boolean() })),
    applied: z.object({ gold: applyStrategySchema, candidate: applyStrategySchema.nullable() }),
    /** Files the candidate changes that could influence how tests run or are counted. */
    hygiene: z.array(z.object({ file: z.string(), flag: z.string() })),
    /** SHA-256 of the patch texts, and of what they do to the tree. */
    hashes: z.object({
      goldPatch: z.string(),
      candidatePatch: z.string(),
      goldEffect: z.string(),
      candidateEffect: z.string().nullable(),
    }),
    environment: z.object({
      engine: z.enum(['docker', 'local']),
      image: z.string().nullable(),
      python: z.string(),
      /** SHA-256 of the recipe that the environment was made from; absent when it was given. */
      recipe: z.string().exactOptional(),
      probe: z.string(),
    }),
    seed: z.int(),
    /** Of hashes and random numbers, drawn from `seed` and the patches: the pair was searched under the first. */
    seeds: z.tuple([z.int(), z.int(), z.int()]).exactOptional(),
    /** The time budget, not the number of inputs, ended the search: a rerun may see more or less. */
    budgetCut: z.boolean(),
    seconds: pairSecondsSchema,
    /** The pair whose record this one repeats, because both patches do the same to the tree. */
    reusedFrom: pairNameSchema.nullable(),
  })
  .meta({ id: 'record', description: 'What was found of one prediction' });

/** One prediction's record: everything the report says of a pair. */
export type PairRecord = Immutable<z.infer<typeof pairRecordSchema>>;
