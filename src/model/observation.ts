/**
 * A Python value in canonical form. Written by the probe, compared here; the shared vectors in
 * `test/conformance` are the specification.
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
    }
  /**
   * Any other object. `repr` is present when the class defines its own; `private` only when there is
   * neither a public attribute nor a repr of its own. A function that no name reaches is one, too: its own attributes,
   * the name given to it as by `functools.wraps`, and privately how it can be called.
   */
  | {
      readonly t: 'object';
      readonly type: string;
      readonly public: Readonly<Record<string, Canonical>>;
      readonly repr?: string;
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
  /** numpy array or scalar. `data`: hex of the bytes, or `sha256:` of them when large. */
  | { readonly t: 'array'; readonly dtype: string; readonly shape: readonly number[]; readonly data: string }
  /** The n-th mutable container or object (preorder, from 0) again: a cycle or a shared mutable. */
  | { readonly t: 'ref'; readonly n: number }
  /** Cannot be read without guessing: never equal, never different. */
  | { readonly t: 'opaque'; readonly type: string; readonly why: string }
  /** The size or depth budget ended here. */
  | { readonly t: 'truncated'; readonly why: string };

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

export type Outcome =
  | { readonly kind: 'value'; readonly value: Canonical }
  | { readonly kind: 'raised'; readonly exception: ExceptionFacts }
  /** Evidence for nothing: */
  | { readonly kind: 'timeout' }
  | { readonly kind: 'crashed'; readonly signal: number }
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'resource'; readonly what: 'memory' | 'output' | 'size' }
  /** The prelude (or, fatally, a prefix) could not be run, so the input was not tried. */
  | { readonly kind: 'setup-failed'; readonly exception: ExceptionFacts };

/** What one input did on one side. */
export interface Observation {
  readonly outcome: Outcome;
  readonly stdout: string;
  readonly stderr: string;
  readonly warnings: readonly { readonly category: string; readonly message: string }[];
  /** Variables that the input mentions, after it ran; `<files>`: what it left in its directory, by path. */
  readonly state: Readonly<Record<string, Canonical>>;
  /** Ids of the targets that were entered. */
  readonly hits: readonly string[];
  /**
   * Names of the branches taken inside of targets, for choosing inputs by the paths they take; absent where there are none.
   * A branch that both sides have alike has the same name on both.
   */
  readonly branches?: readonly string[];
}
