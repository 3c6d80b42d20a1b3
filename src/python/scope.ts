import type { SyntaxNode } from './python-parser.js';

/** The kinds of code that have names of their own. */
export type ScopeKind = 'module' | 'function' | 'class' | 'comprehension';

/** How a scope binds a name. `variable`: by assignment, for, with, except, comprehension or `:=`. */
export type BindingKind = 'parameter' | 'variable' | 'import' | 'definition' | 'pattern';

/** One place that binds a name. */
export interface Binding {
  readonly kind: BindingKind;
  readonly node: SyntaxNode;
  /** Offset in the text from which the name has its new value. */
  readonly from: number;
}

/** One place that reads (or deletes) a name. */
export interface NameUse {
  readonly name: string;
  readonly node: SyntaxNode;
}

/** A Python scope: a module, function, class or comprehension, with the names that it binds and uses itself. */
export class Scope {
  readonly bindings = new Map<string, Binding[]>();
  readonly uses: NameUse[] = [];
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  readonly children: Scope[] = [];
  hasStarImport = false;

  constructor(
    readonly kind: ScopeKind,
    readonly node: SyntaxNode,
    readonly parent: Scope | null,
  ) {
    parent?.children.push(this);
  }

  /** The module's scope. */
  get root(): Scope {
    return this.parent?.root ?? this;
  }

  /** The scope whose variable is meant by a name used here; undefined where no scope binds it. */
  resolve(name: string): Scope | undefined {
    if (this.globals.has(name)) return this.root.bindings.has(name) ? this.root : undefined;
    if (this.bindings.has(name) && !this.nonlocals.has(name)) return this;
    let outer = this.parent;
    while (outer?.kind === 'class') outer = outer.parent;
    return outer?.resolve(name);
  }

  /** This scope and all inside it. */
  *all(): Generator<Scope, void, undefined> {
    yield this;
    for (const child of this.children) yield* child.all();
  }
}
