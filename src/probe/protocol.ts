import { z } from 'zod';
import type { Canonical, ExceptionFacts, Observation } from '../model/observation.js';
import type { TestResult } from '../model/test-result.js';

/** The longest line either end writes, in bytes. */
export const MAX_LINE = 16 * 1024 * 1024;

const exception: z.ZodType<ExceptionFacts> = z.lazy(() =>
  z.object({
    type: z.string(),
    bases: z.array(z.string()),
    message: z.string(),
    cause: exception.exactOptional(),
    at: z
      .object({
        file: z.string().exactOptional(),
        line: z.number(),
        function: z.string(),
        explicit: z.boolean(),
      })
      .exactOptional(),
  }),
);

const canonical: z.ZodType<Canonical> = z.lazy(() => {
  const items = z.array(canonical);
  const members = z.record(z.string(), canonical);
  return z.discriminatedUnion('t', [
    z.object({ t: z.literal('none') }),
    z.object({ t: z.literal('bool'), v: z.boolean() }),
    z.object({ t: z.enum(['int', 'float', 'str', 'bytes', 'bytearray', 'singleton']), v: z.string() }),
    z.object({ t: z.literal('complex'), re: z.string(), im: z.string() }),
    z.object({ t: z.enum(['list', 'tuple', 'set', 'frozenset']), items }),
    z.object({
      t: z.literal('dict'),
      ordered: z.boolean(),
      entries: z.array(z.tuple([canonical, canonical])),
    }),
    z.object({ t: z.literal('enum'), type: z.string(), name: z.string() }),
    z.object({ t: z.literal('subclass'), type: z.string(), base: canonical, public: members }),
    z.object({
      t: z.literal('object'),
      type: z.string(),
      public: members,
      repr: z.string().exactOptional(),
      private: members.exactOptional(),
    }),
    z.object({ t: z.literal('name'), kind: z.enum(['function', 'class', 'module']), v: z.string() }),
    z.object({
      t: z.literal('iterator'),
      type: z.string(),
      items,
      more: z.boolean(),
      raised: exception.exactOptional(),
    }),
    z.object({ t: z.literal('array'), dtype: z.string(), shape: z.array(z.number()), data: z.string() }),
    z.object({ t: z.literal('ref'), n: z.number() }),
    z.object({ t: z.literal('opaque'), type: z.string(), why: z.string() }),
    z.object({ t: z.literal('truncated'), why: z.string() }),
  ]);
});

const observation: z.ZodType<Observation> = z.object({
  outcome: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('value'), value: canonical }),
    z.object({ kind: z.literal('raised'), exception }),
    z.object({ kind: z.literal('timeout') }),
    z.object({ kind: z.literal('crashed'), signal: z.number() }),
    z.object({ kind: z.literal('exited'), code: z.number() }),
    z.object({ kind: z.literal('resource'), what: z.enum(['memory', 'output', 'size']) }),
    z.object({ kind: z.literal('setup-failed'), exception }),
  ]),
  stdout: z.string(),
  stderr: z.string(),
  warnings: z.array(z.object({ category: z.string(), message: z.string() })),
  state: z.record(z.string(), canonical),
  hits: z.array(z.string()),
});

/** Answer to `open`. */
export const openAnswer = z.object({
  ok: z.literal(true),
  python: z.string(),
  implementation: z.string(),
  /** Modules that could not be imported. */
  failed: z.array(z.object({ module: z.string(), exception })),
  /** Targets that were entered while importing. */
  hits: z.array(z.string()),
  seconds: z.number(),
});

/** Answers to `run`: any number of observations, and the end. */
export const runAnswer = z.union([
  z.object({ program: z.string(), input: z.string(), observation }),
  z.object({ done: z.literal(true) }),
]);

/** Answer to `resolve`: the first module in order that has the name. */
export const resolveAnswer = z.object({ found: z.record(z.string(), z.string()) });

/** Answer to `verify`. */
export const verifyAnswer = z.object({
  status: z.enum(['passed', 'failed', 'error', 'timeout', 'crashed']),
  exception: exception.exactOptional(),
});

/** Answer to a request that could not be carried out. */
export const errorAnswer = z.object({ error: z.string() });

const testResult: z.ZodType<TestResult> = z.object({
  id: z.string(),
  file: z.string(),
  status: z.enum(['passed', 'failed', 'error', 'skipped', 'xfailed', 'xpassed', 'timeout', 'missing']),
  seconds: z.number(),
  message: z.string().exactOptional(),
});

/** Lines of a test run. */
export const testRunLine = z.union([z.object({ test: testResult }), z.object({ done: z.literal(true) })]);

/** What the probe says of the environment it was opened in. */
export type OpenFacts = z.infer<typeof openAnswer>;

/** How a differentiating test did. */
export type VerifyResult = z.infer<typeof verifyAnswer>;

/**
 * What a line says, when it fits: the writer may be hostile, so anything else is as good as silence.
 * @param id of the request that the line must answer; absent where there are no requests
 */
export function parseLine<T>(line: string, schema: z.ZodType<T>, id?: number): T | undefined {
  try {
    const { id: answered, ...content } = JSON.parse(line) as { id?: unknown };
    return answered === id && schema.safeParse(content).success ? (content as T) : undefined;
  } catch {
    return undefined; // not an object in JSON, or nested deeper than the stack
  }
}
