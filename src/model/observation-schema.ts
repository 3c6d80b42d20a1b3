import { z } from 'zod';
import type { Canonical, ExceptionFacts, Observation } from './observation.js';

/** A Python value in canonical form. */
export const canonicalSchema: z.ZodType<Canonical> = z
  .lazy(() =>
    z.discriminatedUnion('t', [
      z.object({ t: z.literal('none') }),
      z.object({ t: z.literal('bool'), v: z.boolean() }),
      z.object({ t: z.enum(['int', 'float', 'str', 'singleton']), v: z.string() }),
      z.object({ t: z.literal('complex'), re: z.string(), im: z.string() }),
      z.object({ t: z.enum(['bytes', 'bytearray']), v: z.string() }),
      z.object({ t: z.enum(['list', 'tuple', 'set', 'frozenset']), items }),
      z.object({
        t: z.literal('dict'),
        ordered: z.boolean(),
        entries: z.array(z.tuple([canonicalSchema, canonicalSchema])),
      }),
      z.object({ t: z.literal('enum'), type: z.string(), name: z.string() }),
      z.object({ t: z.literal('subclass'), type: z.string(), base: canonicalSchema, public: fields }),
      z.object({
        t: z.literal('object'),
        type: z.string(),
        public: fields,
        repr: z.exactOptional(z.string()),
        private: z.exactOptional(fields),
      }),
      z.object({ t: z.literal('name'), kind: z.enum(['function', 'class', 'module']), v: z.string() }),
      z.object({
        t: z.literal('iterator'),
        type: z.string(),
        items,
        more: z.boolean(),
        raised: z.exactOptional(exceptionSchema),
      }),
      z.object({
        t: z.literal('array'),
        dtype: z.string(),
        shape: z.array(z.number()),
        data: z.string(),
      }),
      z.object({ t: z.literal('ref'), n: z.int() }),
      z.object({ t: z.literal('opaque'), type: z.string(), why: z.string() }),
      z.object({ t: z.literal('truncated'), why: z.string() }),
    ]),
  )
  .meta({ id: 'canonical', description: 'A Python value in canonical form' });

const items = z.array(canonicalSchema);
const fields = z.record(z.string(), canonicalSchema);

/** An exception with its chain of causes. */
export const exceptionSchema: z.ZodType<ExceptionFacts> = z
  .lazy(() =>
    z.object({
      type: z.string(),
      bases: z.array(z.string()),
      message: z.string(),
      cause: z.exactOptional(exceptionSchema),
      at: z.exactOptional(
        z.object({
          file: z.exactOptional(z.string()),
          line: z.int(),
          function: z.string(),
          explicit: z.boolean(),
        }),
      ),
    }),
  )
  .meta({ id: 'exception' });

const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), value: canonicalSchema }),
  z.object({ kind: z.literal('raised'), exception: exceptionSchema }),
  z.object({ kind: z.literal('timeout') }),
  z.object({ kind: z.literal('crashed'), signal: z.int() }),
  z.object({ kind: z.literal('exited'), code: z.int() }),
  z.object({ kind: z.literal('resource'), what: z.enum(['memory', 'output', 'size']) }),
  z.object({ kind: z.literal('setup-failed'), exception: exceptionSchema }),
]);

/** What one input did on one side. */
export const observationSchema: z.ZodType<Observation> = z
  .object({
    outcome: outcomeSchema,
    stdout: z.string(),
    stderr: z.string(),
    warnings: z.array(z.object({ category: z.string(), message: z.string() })),
    state: fields,
    hits: z.array(z.string()),
    branches: z.exactOptional(z.array(z.string())),
  })
  .meta({ id: 'observation', description: 'What one input did on one side' });
