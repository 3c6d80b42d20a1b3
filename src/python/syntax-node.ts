/** A place in a source text, both 0-based; columns are UTF-16 units. */
export interface Point {
  readonly row: number;
  readonly column: number;
}

/**
 * A node of a Python syntax tree, with the types and fields of tree-sitter-python. The tree is copied out of the native
 * addon in one pass, because repeated calls into the addon cost more than parsing. Offsets are UTF-16 units, as in
 * `String.slice`.
 */
export class SyntaxNode {
  readonly children: SyntaxNode[] = [];
  #hasError = false;

  constructor(
    /** Unique in its tree, in preorder. */
    readonly id: number,
    private readonly kind: { readonly type: string; readonly isNamed: boolean },
    readonly startIndex: number,
    readonly endIndex: number,
    readonly parent: SyntaxNode | null,
    /** The field of the parent that holds this node: `name`, `body`, `left`. */
    readonly field: string | null,
    /** The whole text that was parsed. */
    readonly source: string,
  ) {}

  /** Type in the tree-sitter-python grammar: `call`, `function_definition`; for anonymous nodes, the token itself. */
  get type(): string {
    return this.kind.type;
  }

  get isNamed(): boolean {
    return this.kind.isNamed;
  }

  get text(): string {
    return this.source.slice(this.startIndex, this.endIndex);
  }

  /** Whether this node or one below it is a syntax error. */
  get hasError(): boolean {
    return this.#hasError;
  }

  /** Named children, comments included. */
  get namedChildren(): SyntaxNode[] {
    return this.children.filter((child) => child.isNamed);
  }

  get firstNamedChild(): SyntaxNode | null {
    return this.children.find((child) => child.isNamed) ?? null;
  }

  get startPosition(): Point {
    return pointAt(this.source, this.startIndex);
  }

  get endPosition(): Point {
    return pointAt(this.source, this.endIndex);
  }

  childForFieldName(field: string): SyntaxNode | null {
    return this.children.find((child) => child.field === field) ?? null;
  }

  childrenForFieldName(field: string): SyntaxNode[] {
    return this.children.filter((child) => child.field === field);
  }

  /**
   * This node and everything below it in source order; nodes for which `enter` is false are not entered. Without
   * recursion, since a sum of thousands of terms nests as deep.
   */
  *walk(enter: (node: SyntaxNode) => boolean = () => true): Generator<SyntaxNode, void, undefined> {
    const stack: SyntaxNode[] = [this];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      yield next;
      if (!enter(next)) continue;
      stack.push(...next.children.toReversed());
    }
  }

  /** The nodes of a type, this one included, in source order. */
  descendantsOfType(type: string): SyntaxNode[] {
    return [...this.walk()].filter((node) => node.type === type);
  }

  /** Marks this node and all above it as erroneous; for the parser only. */
  markError(): void {
    if (this.#hasError) return;
    this.#hasError = true;
    this.parent?.markError();
  }
}

function pointAt(source: string, index: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let at = source.indexOf('\n'); at !== -1 && at < index; at = source.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: index - lineStart };
}
