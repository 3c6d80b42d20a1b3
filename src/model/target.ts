import type { SideName } from './side.js';

export type DefinitionKind = 'function' | 'method' | 'class' | 'module';

/** A parameter as written in a `def`. */
export interface Parameter {
  readonly name: string;
  readonly kind: 'positional' | 'keyword-only' | 'var-positional' | 'var-keyword';
  /** Source text of the default value. */
  readonly defaultText?: string;
}

/** A function, method, class body or module body, found by tree-sitter in one file of one side. */
export interface Definition {
  readonly file: string;
  readonly kind: DefinitionKind;
  /** Dotted name inside the module: `Derivative.kind`, `outer.inner`; `<module>` for the module's own statements. */
  readonly qualname: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly parameters: readonly Parameter[];
  /** Docstring source (unquoted, dedented), when there is one. */
  readonly docstring?: string;
  readonly decorators: readonly string[];
  /** Tokens without comments, docstrings and layout: equal tokens, equal code. */
  readonly tokens: string;
}

/** A definition that either patch changed, added or removed. */
export interface Target {
  /** `file::qualname`; the probe reports hits under this id. */
  readonly id: string;
  readonly file: string;
  readonly qualname: string;
  readonly kind: DefinitionKind;
  readonly changedBy: readonly ('gold' | 'candidate')[];
  /** The definition on each side where it exists. */
  readonly definitions: Readonly<Partial<Record<SideName, Definition>>>;
}
