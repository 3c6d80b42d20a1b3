import { z } from 'zod';
import type { Immutable } from './immutable.js';

const hostTestSchema = z.object({
  /** `tests/test_a.py::TestB::test_c`. */
  test: z.string(),
  /** Who sets it up; pytest where it is absent. */
  runner: z.enum(['unittest', 'django']).exactOptional(),
  /** The name that its file is imported by, where the runner is not pytest: `delete.tests`. */
  module: z.string().exactOptional(),
  /** The test files that such a runner sets up together, its own among them; of one instance always the same. */
  files: z.array(z.string()).exactOptional(),
  /** The arguments of the test that are used. */
  names: z.array(z.string()),
  /** Texts of its decorators on which its set-up may depend: `@pytest.mark.django_db`, `@override_settings(…)`. */
  marks: z.array(z.string()),
});

const seedOriginSchema = z.enum(['issue', 'doctest', 'test']);

/**
 * Who would write an input. `observed`: a test, a doctest or the issue has it so. `in-domain`: a variation within what these
 * show, such as another number, text, keyword or combination. `contrived`: it rests on something that none of them shows,
 * such as a value of another kind or a class made to be odd.
 */
export const DOMAINS = ['observed', 'in-domain', 'contrived'] as const;
export const domainSchema = z.enum(DOMAINS);
export type Domain = z.infer<typeof domainSchema>;

export const inputSchema = z.object({
  /** Stable: hash of the three source texts and the host. */
  id: z.string(),
  prelude: z.string(),
  prefix: z.array(z.string()),
  /** An expression, or statements whose last expression (if any) is the value. */
  source: z.string(),
  generator: z.enum(['issue', 'doctest', 'test', 'mutation', 'frontier']),
  seed: z.string(),
  /** The origin of the seed, so that a mutant keeps where it came from. */
  seedOrigin: seedOriginSchema,
  /** Names of the mutation operators applied, in order; empty for a seed's own input. */
  mutations: z.array(z.string()),
  domain: domainSchema.default('in-domain'),
  /** Why an input is contrived; absent where it is not. */
  outside: z.string().exactOptional(),
  host: hostTestSchema.exactOptional(),
});

/**
 * One thing to run on every side. `prelude` + `prefix` + `source` is a complete program; where there is a `host`, it
 * runs in place of the body of that test.
 */
export type Input = Immutable<z.infer<typeof inputSchema>>;

/** Which generator an input comes from. */
export type Generator = Input['generator'];

/**
 * A developer test that its runner sets up to run something else in place of its body: its arguments give what only
 * pytest with its plug-ins and conftest files can bind, or `self` as a class of unittest or Django set it up.
 */
export type HostTest = Immutable<z.infer<typeof hostTestSchema>>;

/**
 * A step of a program: begin an empty namespace with a prelude, run a statement for its effect, or observe one input
 * on a copy of the namespace.
 */
export type Step =
  | { readonly kind: 'prelude'; readonly source: string }
  | { readonly kind: 'exec'; readonly source: string }
  | { readonly kind: 'observe'; readonly input: string; readonly source: string };

/**
 * What the probe runs in one forked child, in order. The first step is a prelude; the `exec` steps after a prelude run
 * in its namespace, each `observe` step on a shallow copy of that namespace at that point. If a prelude or `exec` step
 * ends the child, nothing is observed up to the next prelude.
 */
export interface Program {
  readonly id: string;
  readonly host?: HostTest;
  readonly steps: readonly Step[];
}

/** Something executable that already exists: a developer test, a doctest, a code block of the issue. */
export interface Seed {
  readonly id: string;
  readonly origin: z.infer<typeof seedOriginSchema>;
  /** Repository file (POSIX, relative) the seed was read from; absent for the issue. */
  readonly file?: string;
  readonly line?: number;
  /** `test_kind`, `Derivative.kind`, `issue block 2`. */
  readonly label: string;
  /** The first line of a test's docstring, by which some runners print it. */
  readonly title?: string;
  /** Imports and definitions that the statements need. */
  readonly prelude: string;
  /** Statements to run before `statements` because of what they bind: they may be mutated, but are not observed. */
  readonly setUp: readonly string[];
  /** The statements in order, each dedented source text. */
  readonly statements: readonly string[];
  readonly host?: HostTest;
}
