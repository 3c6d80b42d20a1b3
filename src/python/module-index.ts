import { importedNames, isImport, narrowImport, withAbsoluteImports } from './imports.js';
import type { SyntaxNode } from './python-parser.js';
import type { Scope } from './scope.js';
import { scopesOf } from './scopes.js';
import { partsOf } from './syntax.js';
import { withoutTests } from './test-code.js';

interface Statement {
  readonly node: SyntaxNode;
  readonly binds: Set<string>;
  readonly uses: Set<string>;
}

/** The top-level statements of a module, each with the module-level names that it binds and uses. */
export class ModuleIndex {
  readonly #statements: readonly Statement[];
  readonly #binders = new Map<string, Statement[]>();

  constructor(
    readonly root: SyntaxNode,
    readonly file: string,
  ) {
    this.#statements = partsOf(root)
      .filter((node) => !isMainGuard(node))
      .map((node) => ({ node, binds: new Set(), uses: new Set() }));
    this.#assignNames(scopesOf(root));
    for (const statement of this.#statements) {
      for (const name of statement.binds) {
        this.#binders.set(name, [...(this.#binders.get(name) ?? []), statement]);
      }
    }
  }

  /** Whether the module binds a name at its top level, as far as can be seen without following star imports. */
  binds(name: string): boolean {
    return this.#binders.has(name);
  }

  /** Whether the module may bind more names than can be seen. */
  get hasStarImport(): boolean {
    return this.#statements.some(({ node }) => isImport(node) && importedNames(node).includes('*'));
  }

  /** See `slicePrelude`. */
  slice(names: Iterable<string>): string {
    const needed = new Set<string>();
    const kept = new Set(this.#statements.filter(({ node }) => isAlwaysKept(node)));
    const queue = [...names];
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      if (needed.has(name)) continue;
      needed.add(name);
      for (const statement of this.#binders.get(name) ?? []) {
        if (kept.has(statement)) continue;
        kept.add(statement);
        if (!isImport(statement.node)) queue.push(...this.#usesOf(statement));
      }
    }
    return this.#statements
      .filter((statement) => kept.has(statement))
      .map(({ node }) =>
        isImport(node)
          ? narrowImport(node, needed, this.file)
          : withAbsoluteImports(node, withoutTests(node), this.file),
      )
      .join('\n');
  }

  /** Names that a statement uses in the slice, where classes have no tests: names that only those use are not needed. */
  #usesOf({ node, uses }: Statement): Iterable<string> {
    const text = withoutTests(node);
    if (text === node.text) return uses;
    const scope = scopesOf(text);
    return [...scope.all()].flatMap((inner) => inner.uses.map(({ name }) => name));
  }

  #assignNames(module: Scope): void {
    for (const [name, bindings] of module.bindings) {
      for (const { node } of bindings) this.#statementAt(node)?.binds.add(name);
    }
    for (const scope of module.all()) {
      for (const { name, node } of scope.uses) {
        const owner = scope.resolve(name);
        if (owner !== undefined && owner !== module) continue;
        const statement = this.#statementAt(node);
        statement?.uses.add(name);
        if (scope === module && isMutationTarget(node)) statement?.binds.add(name);
      }
    }
  }

  #statementAt(node: SyntaxNode): Statement | undefined {
    return this.#statements.find(
      (statement) => statement.node.startIndex <= node.startIndex && node.endIndex <= statement.node.endIndex,
    );
  }
}

/** Star imports may bind anything, future imports change everything. */
function isAlwaysKept(node: SyntaxNode): boolean {
  return node.type === 'future_import_statement' || (isImport(node) && importedNames(node).includes('*'));
}

function isMainGuard(node: SyntaxNode): boolean {
  return node.type === 'if_statement' && /__name__/.test(node.childForFieldName('condition')?.text ?? '');
}

/** `x` in the module-level `x.y = 1` and `x[0] = 1`. */
function isMutationTarget(node: SyntaxNode): boolean {
  let target = node;
  while (
    target.parent &&
    ['attribute', 'subscript'].includes(target.parent.type) &&
    target.parent.children[0] === target
  ) {
    target = target.parent;
  }
  const statement = target.parent;
  return target !== node && statement?.type.endsWith('assignment') === true && target.field === 'left';
}
