import type { SyntaxNode } from './python-parser.js';
import { Scope, type BindingKind } from './scope.js';
import { partsOf } from './syntax.js';

const COMPREHENSIONS = new Set([
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

type Task = readonly [SyntaxNode | null | undefined, Scope];

/** Finds what every scope of a tree binds and uses. Walks the tree with its own stack, since trees can be too deep for recursion. */
export class ScopeBuilder {
  readonly #root: Scope;
  readonly #tasks: Task[] = [];

  constructor(root: SyntaxNode) {
    this.#root = new Scope('module', root, null);
    this.#later(root.children, this.#root);
  }

  build(): Scope {
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
      if (task[0]) this.#visit(task[0], task[1]);
    }
    return this.#root;
  }

  /** Queues nodes so that they are visited in the order given. */
  #later(nodes: readonly (SyntaxNode | null | undefined)[], scope: Scope): void {
    for (const node of nodes.toReversed()) this.#tasks.push([node, scope]);
  }

  #visit(node: SyntaxNode, scope: Scope): void {
    const field = (name: string): SyntaxNode | null => node.childForFieldName(name);
    switch (node.type) {
      case 'identifier':
        scope.uses.push({ name: node.text, node });
        break;
      case 'attribute':
        this.#later([field('object')], scope);
        break;
      case 'keyword_argument':
        this.#later([field('value')], scope);
        break;
      case 'function_definition':
      case 'lambda':
        this.#function(node, scope);
        break;
      case 'class_definition': {
        this.#bind(field('name'), scope, 'definition', node.startIndex);
        const inside = new Scope('class', node, scope);
        this.#later([field('type_parameters'), field('superclasses')], scope);
        this.#later([field('body')], inside);
        break;
      }
      case 'assignment':
        this.#bind(field('left'), scope, 'variable', node.endIndex);
        this.#later([field('type'), field('right')], scope);
        break;
      case 'augmented_assignment':
        this.#bind(field('left'), scope, 'variable', node.endIndex);
        this.#later([field('left'), field('right')], scope);
        break;
      case 'type_alias_statement':
        this.#bind(partsOf(field('left') ?? node)[0], scope, 'variable', node.endIndex);
        this.#later([field('right')], scope);
        break;
      case 'named_expression':
        this.#walrus(node, scope);
        break;
      case 'for_statement':
        this.#bind(field('left'), scope, 'variable', field('right')?.endIndex ?? node.startIndex);
        this.#later([field('right'), field('body'), field('alternative')], scope);
        break;
      case 'except_clause':
        this.#bind(field('alias'), scope, 'variable', field('alias')?.startIndex ?? 0);
        this.#later(
          node.children.filter((child) => child.field !== 'alias'),
          scope,
        );
        break;
      case 'as_pattern':
        this.#asPattern(node, scope);
        break;
      case 'import_statement':
      case 'import_from_statement':
        this.#import(node, scope);
        break;
      case 'future_import_statement':
        break;
      case 'global_statement':
        for (const name of partsOf(node)) scope.globals.add(name.text);
        break;
      case 'nonlocal_statement':
        for (const name of partsOf(node)) scope.nonlocals.add(name.text);
        this.#later(partsOf(node), scope);
        break;
      case 'case_pattern':
      case 'splat_pattern':
      case 'keyword_pattern':
        this.#casePattern(node, scope);
        break;
      case 'dotted_name':
        this.#later([partsOf(node)[0]], scope);
        break;
      default:
        if (COMPREHENSIONS.has(node.type)) this.#comprehension(node, scope);
        else this.#later(node.children, scope);
    }
  }

  #function(node: SyntaxNode, scope: Scope): void {
    if (node.type === 'function_definition') {
      this.#bind(node.childForFieldName('name'), scope, 'definition', node.startIndex);
    }
    const inside = new Scope('function', node, scope);
    const parameters = node.childForFieldName('parameters');
    for (const parameter of parameters ? partsOf(parameters) : []) {
      this.#bindParameter(parameter, inside);
      this.#later([parameter.childForFieldName('type'), parameter.childForFieldName('value')], scope);
    }
    this.#later([node.childForFieldName('return_type')], scope);
    this.#later([node.childForFieldName('body')], inside);
  }

  #bindParameter(parameter: SyntaxNode, inside: Scope): void {
    const typed = parameter.type === 'typed_parameter' ? partsOf(parameter)[0] : undefined;
    this.#bind(typed ?? parameter.childForFieldName('name') ?? parameter, inside, 'parameter', 0);
  }

  #comprehension(node: SyntaxNode, scope: Scope): void {
    const inside = new Scope('comprehension', node, scope);
    let source = scope;
    for (const part of partsOf(node)) {
      if (part.type !== 'for_in_clause') {
        this.#later([part], inside);
        continue;
      }
      this.#bind(part.childForFieldName('left'), inside, 'variable', 0);
      this.#later(part.childrenForFieldName('right'), source);
      source = inside;
    }
  }

  /** `:=` in a comprehension binds in the scope around it, and the uses of the name may come before it in the text. */
  #walrus(node: SyntaxNode, scope: Scope): void {
    let owner = scope;
    let from = node.endIndex;
    while (owner.kind === 'comprehension' && owner.parent) {
      from = owner.node.startIndex;
      owner = owner.parent;
    }
    this.#bind(node.childForFieldName('name'), owner, 'variable', from);
    this.#later([node.childForFieldName('value')], scope);
  }

  /** `with a as b`, `except E as e` and, inside `case`, `pattern as name`. */
  #asPattern(node: SyntaxNode, scope: Scope): void {
    const [value, ...others] = partsOf(node);
    const alias = node.childForFieldName('alias') ?? others.at(-1);
    const kind = node.parent?.type === 'case_pattern' ? 'pattern' : 'variable';
    this.#bind(alias?.type === 'as_pattern_target' ? partsOf(alias)[0] : alias, scope, kind, node.endIndex);
    this.#later([value], scope);
  }

  #casePattern(node: SyntaxNode, scope: Scope): void {
    const [first, ...others] = partsOf(node);
    const captured = first?.type === 'dotted_name' ? partsOf(first) : [first];
    const capture = captured[0];
    if (node.type === 'keyword_pattern') this.#later(others, scope);
    else if (captured.length === 1 && others.length === 0 && capture?.type === 'identifier') {
      if (capture.text !== '_') this.#bind(capture, scope, 'pattern', node.endIndex);
    } else this.#later(partsOf(node), scope);
  }

  #import(node: SyntaxNode, scope: Scope): void {
    if (node.children.some((child) => child.type === 'wildcard_import')) scope.hasStarImport = true;
    for (const name of node.childrenForFieldName('name')) {
      const bound = name.type === 'aliased_import' ? name.childForFieldName('alias') : partsOf(name)[0];
      this.#bind(bound, scope, 'import', node.endIndex);
    }
  }

  /** Binds the names of a target (`a`, `(a, *b)`); what `a.b` and `a[i]` mention is used instead. */
  #bind(target: SyntaxNode | null | undefined, scope: Scope, kind: BindingKind, from: number): void {
    if (!target) return;
    if (target.type === 'identifier') {
      const owner = scope.globals.has(target.text) ? scope.root : scope;
      const earlier = owner.bindings.get(target.text) ?? [];
      owner.bindings.set(target.text, [...earlier, { kind, node: target, from }]);
    } else if (target.type === 'attribute' || target.type === 'subscript') this.#later([target], scope);
    else for (const part of partsOf(target)) this.#bind(part, scope, kind, from);
  }
}
