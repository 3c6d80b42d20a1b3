import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { inputSchema } from './input.js';
import { canonicalSchema, observationSchema } from './observation.js';

/** The aspects in which two observations may differ, most telling first. */
export const ASPECTS = [
  'outcome', // one answers, the other raises
  'time', // one answers at once, the other does not come to an end
  'type', // values of different types
  'value',
  'exception-type',
  'state', // arguments or receiver after the call
  'stdout',
  'stderr',
  'exception-message',
  'warnings',
  // HTML: the order of attributes, blanks between tags; line numbers, addresses and the order of sets inside texts; the repr
  // of an object that is otherwise the same.
  'formatting',
  'rounding', // the last digits of numbers, also inside texts; `1` and `1.0`; a number of Python and of numpy
  'internal', // private state only, and what kind of function or iterator it is
] as const;
export type Aspect = (typeof ASPECTS)[number];

/** Evidence grades, strongest first. */
export const GRADES = [
  'forged-tests',
  'behaves-differently-when-observed',
  'fails-benchmark-tests',
  'fails-developer-tests',
  'regression-on-developer-input',
  'unintended-error',
  'issue-input-unfixed',
  'dies-where-gold-answers',
  'different-value',
  'beyond-the-issue',
  'far-slower',
  'gold-suspect',
  'not-told-apart',
  'contrived',
  'different-exception-type',
  'different-text',
  'different-rounding',
  'internal',
] as const;
export type Grade = (typeof GRADES)[number];
export const gradeSchema = z.enum(GRADES);

export const divergenceClassSchema = z.enum(['missing', 'extra', 'different', 'unclassified']);

/**
 * How the candidate departs from gold, judged by what base does. `missing`: the candidate does as base does, and leaves
 * this part of the fix undone. `extra`: it changes what gold left alone. `different`: both changed it, in different
 * ways. `unclassified`: base gave nothing to compare with.
 */
export type DivergenceClass = z.infer<typeof divergenceClassSchema>;

const scopeSchema = z.object({
  /** `regression`: gold leaves alone what the candidate changes; `unfixed`: the reverse; `other-fix`: both change it. */
  kind: z.enum(['regression', 'unfixed', 'other-fix']),
  /** Whether the issue or the tests of the fix ask for what gold does there. */
  issue: z.enum(['in-issue', 'beyond', 'unknown']),
  why: z.string(),
});

/** Which part of the task a divergence concerns. */
export type Scope = Immutable<z.infer<typeof scopeSchema>>;

const part = z.union([canonicalSchema, z.string()]).exactOptional();
const differenceSchema = z.object({
  aspect: z.enum(ASPECTS),
  /** Where inside the value: `` for the whole, `[2].name`, `state x[0]`. */
  path: z.string(),
  left: part,
  right: part,
});

export type Difference = Immutable<z.infer<typeof differenceSchema>>;

/** `unknown` when something that could differ could not be read, or a side gave no evidence (timeout, crash). */
export type Comparison =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'different';
      readonly differences: readonly Difference[];
      /** What has to be read of objects to know whether they differ where one side stores what the other may compute. */
      readonly unread?: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly reason: string };

export const divergenceSchema = z
  .object({
    /** Short stable id, unique in a run. */
    id: z.string(),
    input: inputSchema,
    aspect: z.enum(ASPECTS),
    class: divergenceClassSchema,
    grade: gradeSchema,
    /** Absent in records made before scopes were told. */
    scope: scopeSchema.exactOptional(),
    differences: z.array(differenceSchema),
    observations: z.object({
      base: observationSchema,
      gold: observationSchema,
      candidate: observationSchema,
    }),
    /** What the two printed when the input was run plainly, where that is the evidence. */
    plain: z.object({ gold: z.string(), candidate: z.string() }).exactOptional(),
    /** The candidate's answer is another one each time, also under the same seeds, and never gold's. */
    arbitrary: z.literal(true).exactOptional(),
    /** Targets entered on gold or candidate. */
    targets: z.array(z.string()),
    /** The differentiating test: a complete pytest file. Absent when none could be verified. */
    test: z
      .object({
        source: z.string(),
        verified: z.boolean(),
        /** Whether base, when it was run, passed it too; absent in records made before base was asked. */
        passesOnBase: z.boolean().exactOptional(),
      })
      .exactOptional(),
  })
  .meta({ id: 'divergence', description: 'A difference that was there on every repetition' });

/** A confirmed divergence: the same on every repetition, reduced, classified and graded. */
export type Divergence = Immutable<z.infer<typeof divergenceSchema>>;
