import { z } from 'zod';
import { exceptionSchema, observationSchema } from '../../model/observation.js';
import { testResultSchema } from '../../model/test-result.js';

/** The longest line either end writes, in bytes. */
export const MAX_LINE = 16 * 1024 * 1024;

/** Answer to `open`. */
export const openAnswer = z.object({
  ok: z.literal(true),
  python: z.string(),
  implementation: z.string(),
  /** Modules that could not be imported. */
  failed: z.array(z.object({ module: z.string(), exception: exceptionSchema })),
  /** Targets that were entered while importing. */
  hits: z.array(z.string()),
  seconds: z.number(),
});

/** Answers to `run`: any number of observations, and the end. */
export const runAnswer = z.union([
  z.object({ program: z.string(), input: z.string(), observation: observationSchema }),
  z.object({ done: z.literal(true) }),
]);

/** Answer to `resolve`: the first module in order that has the name. */
export const resolveAnswer = z.object({ found: z.record(z.string(), z.string()) });

/** Answer to `verify`. */
export const verifyAnswer = z.object({
  status: z.enum(['passed', 'failed', 'error', 'timeout', 'crashed']),
  exception: exceptionSchema.exactOptional(),
});

/** Answer to a request that could not be carried out. */
export const errorAnswer = z.object({ error: z.string() });

const number = z.int().nonnegative();

/** Lines of a test run; those of a traced one number the functions, and give the numbers each test entered. */
export const testRunLine = z.union([
  z.object({ test: testResultSchema.and(z.object({ entered: z.array(number).exactOptional() })) }),
  z.object({ functions: z.object({ from: number, names: z.array(z.string()) }) }),
  z.object({ everywhere: z.array(number) }),
  // A result of a test that had not begun, and files that steer the tests and were written to meanwhile.
  z.object({ irregular: z.string() }),
  z.object({ altered: z.array(z.string()) }),
  z.object({ done: z.literal(true) }),
]);

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
