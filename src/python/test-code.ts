import type { SyntaxNode } from './python-parser.js';
import { definitionOf, nameOf, statementsOf } from './syntax.js';

/** Whether a decorator matters only to pytest, such as `@pytest.fixture`. */
export function isPytestDecorator(decorator: SyntaxNode): boolean {
  return /^@\s*(pytest\.|fixture\b|parametrize\b|mark\.)/.test(decorator.text);
}

/**
 * The text of a top-level statement without decorators of pytest and, for a class, without its test methods, as code
 * that runs outside pytest needs it. Statements that are no definitions stay as they are.
 */
export function withoutTests(statement: SyntaxNode): string {
  const definition = definitionOf(statement);
  if (!definition) return statement.text;
  const { node, decorators } = definition;
  const kept = decorators.filter((decorator) => !isPytestDecorator(decorator)).map(({ text }) => `${text}\n`);
  if (node.type === 'function_definition') return kept.join('') + node.text;
  return kept.join('') + classText(node);
}

function classText(node: SyntaxNode): string {
  const statements = statementsOf(node);
  const members = statements.map(memberText);
  if (members.every((member, index) => member === statements[index]?.text)) return node.text;
  const first = statements[0];
  if (!first) return node.text;
  const header = node.source.slice(node.startIndex, first.startIndex);
  const indent = /[ \t]*$/.exec(header)?.[0] ?? '';
  const body = members.filter((member) => member !== '');
  return header + (body.length > 0 ? body.join(`\n${indent}`) : 'pass');
}

function memberText(statement: SyntaxNode): string {
  const definition = definitionOf(statement);
  if (definition?.node.type !== 'function_definition') return statement.text;
  const { node, decorators } = definition;
  if (nameOf(node).startsWith('test')) return '';
  const kept = decorators.filter((decorator) => !isPytestDecorator(decorator));
  if (kept.length === decorators.length) return statement.text;
  const { source, startIndex } = statement;
  const indent = source.slice(source.lastIndexOf('\n', startIndex - 1) + 1, startIndex);
  return [...kept.map(({ text }) => text), node.text].join(`\n${indent}`);
}
