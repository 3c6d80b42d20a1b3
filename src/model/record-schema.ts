import { z } from 'zod';
import { GRADES, type Divergence } from './divergence.js';
import { UNVERIFIABLE_REASONS, type PairRecord, type TestFailure, type Verdict } from './verdict.js';
import { canonicalSchema, observationSchema } from './observation-schema.js';

export const gradeSchema = z.enum(GRADES);
export const classSchema = z.enum(['missing', 'extra', 'different', 'unclassified']);
export const reasonSchema = z.enum(UNVERIFIABLE_REASONS);

const count = z.int().nonnegative();
const origin = z.enum(['issue', 'doctest', 'test']);
const aspect = z.enum([
  'outcome',
  'time',
  'type',
  'value',
  'exception-type',
  'state',
  'stdout',
  'stderr',
  'exception-message',
  'warnings',
  'internal',
]);
const part = z.exactOptional(z.union([canonicalSchema, z.string()]));

const divergenceSchema: z.ZodType<Divergence> = z
  .object({
    id: z.string(),
    input: z.object({
      id: z.string(),
      prelude: z.string(),
      prefix: z.array(z.string()),
      source: z.string(),
      generator: z.enum(['issue', 'doctest', 'test', 'mutation', 'frontier']),
      seed: z.string(),
      seedOrigin: origin,
      mutations: z.array(z.string()),
      illTyped: z.boolean(),
      host: z.exactOptional(
        z.object({ test: z.string(), names: z.array(z.string()), marks: z.array(z.string()) }),
      ),
    }),
    aspect,
    class: classSchema,
    grade: gradeSchema,
    differences: z.array(z.object({ aspect, path: z.string(), left: part, right: part })),
    observations: z.object({
      base: observationSchema,
      gold: observationSchema,
      candidate: observationSchema,
    }),
    targets: z.array(z.string()),
    test: z.exactOptional(
      z.object({ source: z.string(), verified: z.boolean(), passesOnBase: z.exactOptional(z.boolean()) }),
    ),
  })
  .meta({ id: 'divergence', description: 'A difference that was there on every repetition' });

const detail = z.string();
const verdictSchema: z.ZodType<Verdict> = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('consistent'), identical: z.boolean() }),
  z.object({ outcome: z.literal('divergent') }),
  z.object({ outcome: z.literal('unverifiable'), reason: reasonSchema, detail }),
  z.object({ outcome: z.literal('not-reached') }),
  z.object({ outcome: z.literal('not-applied'), detail }),
  z.object({ outcome: z.literal('empty') }),
  z.object({ outcome: z.literal('infra-error'), detail }),
]);

const status = z.enum(['passed', 'failed', 'error', 'skipped', 'xfailed', 'xpassed', 'timeout', 'missing']);
const failureSchema: z.ZodType<TestFailure> = z.object({
  id: z.string(),
  file: z.string(),
  gold: status,
  candidate: status,
  base: z.exactOptional(status),
  message: z.exactOptional(z.string()),
});

export const rungSchema = z.enum([
  'none',
  'git-apply',
  'git-apply-3way',
  'git-apply-reject',
  'patch-fuzz',
  'already-applied',
]);

/** One prediction's record. */
export const recordSchema: z.ZodType<PairRecord> = z
  .object({
    instanceId: z.string(),
    model: z.string(),
    verdict: verdictSchema,
    plausible: z.boolean().nullable(),
    benchmarkFailures: z.array(failureSchema),
    leftOut: z.array(z.string()),
    passOnBase: z.array(z.string()),
    developerFailures: z.array(failureSchema),
    developerTests: z
      .object({
        suite: z.enum(['related', 'impacted', 'full']),
        run: count,
        of: count,
        cut: count,
        files: z.object({ run: count, of: count }),
      })
      .nullable(),
    divergences: z.array(divergenceSchema),
    inputs: z.object({
      tried: count,
      same: count,
      different: count,
      flaky: count,
      unknown: count,
      setupFailed: count,
    }),
    generated: z.record(z.string(), count),
    targets: z.array(z.object({ id: z.string(), reached: z.boolean() })),
    applied: z.object({ gold: rungSchema, candidate: rungSchema.nullable() }),
    hygiene: z.array(z.object({ file: z.string(), flag: z.string() })),
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
      recipe: z.string().exactOptional(),
      probe: z.string(),
    }),
    seed: z.int(),
    budgetCut: z.boolean(),
    seconds: z.object({
      total: z.number(),
      tests: z.number(),
      observe: z.number(),
      confirm: z.number(),
      instance: z.number(),
      bare: z.number(),
      firstDifference: z.record(z.string(), z.number()),
    }),
    reusedFrom: z.object({ instanceId: z.string(), model: z.string() }).nullable(),
  })
  .meta({ id: 'record', description: 'What was found of one prediction' });
