/** Which generator an input comes from. */
export type Generator = 'issue' | 'doctest' | 'test' | 'mutation' | 'frontier';

/**
 * A developer test that pytest sets up to run something else in its place: what only pytest, its plug-ins and conftest
 * files can bind comes from its arguments.
 */
export interface HostTest {
  /** `tests/test_a.py::TestB::test_c`. */
  readonly test: string;
  /** The arguments of the test that are used. */
  readonly names: readonly string[];
  /** Texts of its `@pytest.mark` decorators, on which fixtures may depend. */
  readonly marks: readonly string[];
}

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
 * in its namespace, each `observe` step on a shallow copy of that as it stands at that point. A prelude or `exec` step
 * that ends the child keeps what follows, up to the next prelude, from being observed. Source text throughout.
 */
export interface Program {
  readonly id: string;
  readonly host?: HostTest;
  readonly steps: readonly Step[];
}

/** Something executable that already exists: a developer test, a doctest, a code block of the issue. */
export interface Seed {
  readonly id: string;
  readonly origin: 'issue' | 'doctest' | 'test';
  /** Repository file (POSIX, relative) the seed was read from; absent for the issue. */
  readonly file?: string;
  readonly line?: number;
  /** `test_kind`, `Derivative.kind`, `issue block 2`. */
  readonly label: string;
  /** Imports and definitions that the statements need. */
  readonly prelude: string;
  /** Statements run before those, for what they bind: they may be mutated, and are not observed. */
  readonly setUp: readonly string[];
  /** The statements in order, each dedented source text. */
  readonly statements: readonly string[];
  readonly host?: HostTest;
}

/** One thing to run on every side. `prelude` + `prefix` + `source` is a complete program, in the place of `host` where given. */
export interface Input {
  /** Stable: hash of the three source texts and the host. */
  readonly id: string;
  readonly prelude: string;
  readonly prefix: readonly string[];
  /** An expression, or statements whose last expression (if any) is the value. */
  readonly source: string;
  readonly generator: Generator;
  readonly seed: string;
  /** The origin of the seed, so that a mutant keeps where it came from. */
  readonly seedOrigin: Seed['origin'];
  /** Names of the mutation operators applied, in order; empty for a seed's own input. */
  readonly mutations: readonly string[];
  /** A mutation put in a value of a type that the code was never seen to be given. */
  readonly illTyped: boolean;
  readonly host?: HostTest;
}
