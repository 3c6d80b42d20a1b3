import { z } from 'zod';
import type { Immutable } from './immutable.js';

/**
 * A Python value in canonical form. Written by the probe, compared here; the shared vectors in
 * `test/conformance` are the specification. This type and `ExceptionFacts` contain themselves and each other, which
 * TypeScript cannot infer from a schema: they are written out, and their schemas are checked against them.
 */
export type Canonical =
  | { readonly t: 'none' }
  | { readonly t: 'bool'; readonly v: boolean }
  /** Decimal digits. */
  | { readonly t: 'int'; readonly v: string }
  /** Python's `repr`: `1.5`, `nan`, `inf`, `-0.0`. */
  | { readonly t: 'float'; readonly v: string }
  | { readonly t: 'complex'; readonly re: string; readonly im: string }
  | { readonly t: 'str'; readonly v: string }
  /** Hexadecimal. */
  | { readonly t: 'bytes' | 'bytearray'; readonly v: string }
  /** `Ellipsis`, `NotImplemented`. */
  | { readonly t: 'singleton'; readonly v: string }
  | { readonly t: 'list' | 'tuple'; readonly items: readonly Canonical[] }
  /** Items sorted by their canonical text. */
  | { readonly t: 'set' | 'frozenset'; readonly items: readonly Canonical[] }
  /** Entries sorted by the canonical text of the key, unless `ordered` (OrderedDict). */
  | {
      readonly t: 'dict';
      readonly ordered: boolean;
      readonly entries: readonly (readonly [Canonical, Canonical])[];
    }
  | { readonly t: 'enum'; readonly type: string; readonly name: string }
  /** A subclass of a builtin: its builtin content plus what an object has. */
  | {
      readonly t: 'subclass';
      readonly type: string;
      readonly base: Canonical;
      readonly public: Readonly<Record<string, Canonical>>;
      /** What callers hardly rely on: the SQL of a query. */
      readonly private?: Readonly<Record<string, Canonical>>;
    }
  /**
   * Any other object. `repr` is present when the class defines its own; `private` only when there is
   * neither a public attribute nor a repr of its own. A function that no name reaches is one, too: its own attributes,
   * the name given to it as by `functools.wraps`, and privately how it can be called. `cut`: the repr leaves out
   * (`...`) what nothing else here shows, so that equal ones prove nothing. `calls`: it stands for a function: it can be
   * called, and offers nothing else.
   */
  | {
      readonly t: 'object';
      readonly type: string;
      readonly public: Readonly<Record<string, Canonical>>;
      readonly repr?: string;
      readonly cut?: true;
      readonly calls?: true;
      readonly private?: Readonly<Record<string, Canonical>>;
    }
  /** A function, class or module that its qualified name reaches. */
  | { readonly t: 'name'; readonly kind: 'function' | 'class' | 'module'; readonly v: string }
  /** A generator or iterator, materialised up to a cap; `more` when the cap cut it. */
  | {
      readonly t: 'iterator';
      readonly type: string;
      readonly items: readonly Canonical[];
      readonly more: boolean;
      readonly raised?: ExceptionFacts;
    }
  /** numpy array or scalar. `data`: hex of the bytes, or `sha256:` of them when large; then floats have a sketch. */
  | {
      readonly t: 'array';
      readonly dtype: string;
      readonly shape: readonly number[];
      readonly data: string;
      readonly sketch?: Sketch;
    }
  /**
   * A value over its budget: the `part` that fits, and a digest of the canonical form of the whole. `skeleton`: the
   * digest without the numbers that have a point or an exponent; `sketch`: of these.
   */
  | {
      readonly t: 'large';
      readonly part: Canonical;
      readonly digest: string;
      readonly skeleton: string;
      readonly sketch: Sketch;
    }
  /** The n-th mutable container or object (preorder, from 0) again: a cycle or a shared mutable. */
  | { readonly t: 'ref'; readonly n: number }
  /** Cannot be read without guessing: never equal, never different. */
  | { readonly t: 'opaque'; readonly type: string; readonly why: string }
  /** The size or depth budget ended here. */
  | { readonly t: 'truncated'; readonly why: string };

/**
 * What is kept of many floats, so that rounding can be told from other differences. `blocks`: for each stretch of them
 * their sum with fixed weights, and the largest magnitude; `special`: where NaN and infinities are, or empty.
 */
export interface Sketch {
  readonly special: string;
  readonly blocks: readonly (readonly [sum: number, largest: number])[];
}

/** An exception. `at` is where it was raised and takes no part in comparison. */
export interface ExceptionFacts {
  /** Qualified type, `builtins.ValueError`. */
  readonly type: string;
  /** Qualified names of the base classes up to and without `object`, nearest first. */
  readonly bases: readonly string[];
  readonly message: string;
  readonly cause?: ExceptionFacts;
  readonly at?: {
    /** Relative to the tree; absent when raised outside it. */
    readonly file?: string;
    readonly line: number;
    readonly function: string;
    /** Raised by a `raise` or `assert` statement rather than by the interpreter. */
    readonly explicit: boolean;
  };
}

const sketchSchema = z.object({ special: z.string(), blocks: z.array(z.tuple([z.number(), z.number()])) });

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
      z.object({
        t: z.literal('subclass'),
        type: z.string(),
        base: canonicalSchema,
        public: fields,
        private: fields.exactOptional(),
      }),
      z.object({
        t: z.literal('object'),
        type: z.string(),
        public: fields,
        repr: z.string().exactOptional(),
        cut: z.literal(true).exactOptional(),
        calls: z.literal(true).exactOptional(),
        private: fields.exactOptional(),
      }),
      z.object({ t: z.literal('name'), kind: z.enum(['function', 'class', 'module']), v: z.string() }),
      z.object({
        t: z.literal('iterator'),
        type: z.string(),
        items,
        more: z.boolean(),
        raised: exceptionSchema.exactOptional(),
      }),
      z.object({
        t: z.literal('array'),
        dtype: z.string(),
        shape: z.array(z.number()),
        data: z.string(),
        sketch: sketchSchema.exactOptional(),
      }),
      z.object({
        t: z.literal('large'),
        part: canonicalSchema,
        digest: z.string(),
        skeleton: z.string(),
        sketch: sketchSchema,
      }),
      z.object({ t: z.literal('ref'), n: z.int() }),
      z.object({ t: z.literal('opaque'), type: z.string(), why: z.string() }),
      z.object({ t: z.literal('truncated'), why: z.string() }),
    ]),
  )
  .meta({ id: 'canonical', description: 'A Python value in canonical form' });

const items = z.array(canonicalSchema);
const fields = z.record(z.string(), canonicalSchema);

export const exceptionSchema: z.ZodType<ExceptionFacts> = z
  .lazy(() =>
    z.object({
      type: z.string(),
      bases: z.array(z.string()),
      message: z.string(),
      cause: exceptionSchema.exactOptional(),
      at: z
        .object({
          file: z.string().exactOptional(),
          line: z.int(),
          function: z.string(),
          explicit: z.boolean(),
        })
        .exactOptional(),
    }),
  )
  .meta({ id: 'exception' });

const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), value: canonicalSchema }),
  z.object({ kind: z.literal('raised'), exception: exceptionSchema }),
  // The next four are evidence of nothing.
  z.object({ kind: z.literal('timeout') }),
  z.object({ kind: z.literal('crashed'), signal: z.int() }),
  z.object({ kind: z.literal('exited'), code: z.int() }),
  z.object({ kind: z.literal('resource'), what: z.enum(['memory', 'output', 'size']) }),
  // The prelude (or, fatally, a prefix) could not be run, so the input was not tried.
  z.object({ kind: z.literal('setup-failed'), exception: exceptionSchema }),
]);

export const observationSchema = z
  .object({
    outcome: outcomeSchema,
    stdout: z.string(),
    stderr: z.string(),
    warnings: z.array(z.object({ category: z.string(), message: z.string() })),
    /** Variables that the input mentions, after it ran; `<files>`: what it left in its directory, by path. */
    state: fields,
    /** Ids of the targets that were entered. */
    hits: z.array(z.string()),
    /**
     * Names of the branches taken inside of targets, for choosing inputs by the paths they take; absent where there are
     * none. A branch that both sides have alike has the same name on both.
     */
    branches: z.array(z.string()).exactOptional(),
  })
  .meta({ id: 'observation', description: 'What one input did on one side' });

/** How an input ended on one side. Only `value` and `raised` can be compared. */
export type Outcome = Immutable<z.infer<typeof outcomeSchema>>;

/** What one input did on one side. */
export type Observation = Immutable<z.infer<typeof observationSchema>>;
