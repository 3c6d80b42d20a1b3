import type { Definition, DefinitionKind } from '../model/target.js';
import { docstringText } from './docstring-text.js';
import { parametersOf } from './parameters.js';
import { parsePython, type SyntaxNode } from './python-parser.js';
import { definitionOf, docstringOf, isDefinition, nameOf, partsOf, statementsOf } from './syntax.js';
import { tokensOf } from './tokens.js';

/** Qualified name of the definition that stands for the statements of a module itself. */
export const MODULE = '<module>';

/**
 * Every function, method and class of a module, including nested and conditional ones, and the module itself. The
 * tokens of a definition exclude those of the definitions inside it. Definitions that share a dotted name (a property and
 * its setter, overloads, alternatives of an `if`) are one.
 */
export function findDefinitions(file: string, source: string): Definition[] {
  const root = parsePython(source);
  const found = new Map<string, Definition>();
  const add = (definition: Definition): void => {
    const earlier = found.get(definition.qualname);
    found.set(definition.qualname, earlier ? merge(earlier, definition) : definition);
  };
  add(describe(file, root, root, [], MODULE, 'module'));
  for (const { statement, node, decorators, qualname, kind } of nestedDefinitions(root, '', false)) {
    add(describe(file, statement, node, decorators, qualname, kind));
  }
  return [...found.values()];
}

interface Nested {
  /** The definition with its decorators. */
  readonly statement: SyntaxNode;
  readonly node: SyntaxNode;
  readonly decorators: readonly SyntaxNode[];
  readonly qualname: string;
  readonly kind: DefinitionKind;
}

function* nestedDefinitions(scope: SyntaxNode, prefix: string, inClass: boolean): Generator<Nested> {
  for (const statement of ownStatements(scope)) {
    const definition = definitionOf(statement);
    if (!definition) continue;
    const { node, decorators } = definition;
    const isClass = node.type === 'class_definition';
    const qualname = prefix + nameOf(node);
    yield {
      statement,
      node,
      decorators,
      qualname,
      kind: isClass ? 'class' : inClass ? 'method' : 'function',
    };
    yield* nestedDefinitions(node, `${qualname}.`, isClass);
  }
}

/** The statements of a body, including those in compound statements but not those in definitions. */
function* ownStatements(scope: SyntaxNode): Generator<SyntaxNode> {
  for (const statement of statementsOf(scope)) {
    yield statement;
    if (!definitionOf(statement)) yield* insideCompound(statement);
  }
}

function* insideCompound(node: SyntaxNode): Generator<SyntaxNode> {
  for (const child of partsOf(node)) {
    if (child.type === 'block') yield* ownStatements(child);
    else if (child.type.endsWith('_clause')) yield* insideCompound(child);
  }
}

function describe(
  file: string,
  statement: SyntaxNode,
  node: SyntaxNode,
  decorators: readonly SyntaxNode[],
  qualname: string,
  kind: DefinitionKind,
): Definition {
  const docstring = docstringOf(node);
  return {
    file,
    kind,
    qualname,
    startLine: statement.startPosition.row + 1,
    endLine: statement.endPosition.row + 1,
    parameters: kind === 'function' || kind === 'method' ? parametersOf(node) : [],
    ...(docstring && { docstring: docstringText(docstring.text) }),
    decorators: decorators.map((decorator) => decorator.text.slice(1).trim()),
    tokens: tokensOf(statement, {
      skip: (inner) =>
        inner !== statement &&
        inner !== node &&
        (isDefinition(inner) || inner.type === 'decorated_definition'),
    }),
  };
}

function merge(first: Definition, second: Definition): Definition {
  const primary = first.decorators.some((decorator) => /\boverload$/.test(decorator)) ? second : first;
  const docstring = first.docstring ?? second.docstring;
  return {
    ...primary,
    ...(docstring !== undefined && { docstring }),
    startLine: first.startLine,
    endLine: second.endLine,
    decorators: [...new Set([...first.decorators, ...second.decorators])],
    tokens: `${first.tokens}\n${second.tokens}`,
  };
}
