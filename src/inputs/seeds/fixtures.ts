import { parametersOf, requiredParameters } from '../../analysis/parameters.js';
import type { SyntaxNode } from '../../analysis/python-parser.js';
import { definitionOf, nameOf, statementsOf } from '../../analysis/syntax.js';
import { isSuspended } from './test-body.js';

/** The pytest fixtures that a module or class defines as plain functions returning a value, by name. */
export function fixturesIn(scope: SyntaxNode): Map<string, SyntaxNode> {
  const fixtures = new Map<string, SyntaxNode>();
  for (const statement of statementsOf(scope)) {
    const definition = definitionOf(statement);
    const decorator = definition?.decorators.find(({ text }) =>
      /^@\s*(pytest\.)?(\w+_)?fixture\b/.test(text),
    );
    if (!definition || !decorator || isSuspended(definition.node)) continue;
    if (!/\b(params|name)\s*=/.test(decorator.text)) fixtures.set(nameOf(definition.node), definition.node);
  }
  return fixtures;
}

/**
 * Statements that bind the fixtures a test asks for by calling the undecorated functions, dependencies first;
 * undefined when one of them is not defined here.
 */
export function fixtureStatements(
  wanted: readonly string[],
  fixtures: {
    readonly module: ReadonlyMap<string, SyntaxNode>;
    readonly class: ReadonlyMap<string, SyntaxNode>;
  },
): string[] | undefined {
  const statements = new Map<string, string>();
  const provide = (name: string, around: readonly string[]): boolean => {
    if (statements.has(name)) return true;
    const method = fixtures.class.get(name);
    const fixture = method ?? fixtures.module.get(name);
    if (!fixture || around.includes(name)) return false;
    const needed = requiredParameters(parametersOf(fixture)).map((parameter) => parameter.name);
    const parameters = method ? needed.slice(1) : needed;
    if (!parameters.every((parameter) => provide(parameter, [...around, name]))) return false;
    const call = `${method ? 'self.' : ''}${name}(${parameters.join(', ')})`;
    statements.set(name, `${name} = ${call}`);
    return true;
  };
  return wanted.every((name) => provide(name, [])) ? [...statements.values()] : undefined;
}
