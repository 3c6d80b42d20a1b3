import type { ModuleIndex } from '../../python/module-index.js';
import { parametersOf, requiredParameters } from '../../python/parameters.js';
import type { SyntaxNode } from '../../python/python-parser.js';
import { definitionOf, nameOf, partsOf, statementsOf } from '../../python/syntax.js';
import { isAsync, yieldsOrAwaits } from './test-body.js';

/** A pytest fixture that plain code can call. */
export interface Fixture {
  /** The name to call: of the function without its decorator, or of the method of `self`. */
  readonly callee: string;
  /** Names of the fixtures that it needs itself. */
  readonly needs: readonly string[];
  /** Whether it is a generator whose first item is the value of the fixture. */
  readonly yields: boolean;
  /** Source text of the first of its own `params`, which it reads as `request.param`. */
  readonly parameter?: string;
  /** The module that defines the function. */
  readonly home: ModuleIndex;
}

/** Fixtures by their names. */
export type Fixtures = ReadonlyMap<string, Fixture>;

/** Replacements for fixtures of pytest itself, as statements; the last one binds the fixture's name. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  tmp_path: ['import pathlib, tempfile', 'tmp_path = pathlib.Path(tempfile.mkdtemp())'],
  tmpdir: ['import py, tempfile', 'tmpdir = py.path.local(tempfile.mkdtemp())'],
  monkeypatch: ['from _pytest.monkeypatch import MonkeyPatch', 'monkeypatch = MonkeyPatch()'],
};

/** The pytest fixtures that the top level of a module defines. */
export const fixturesIn = (home: ModuleIndex): Fixtures => fixturesOf(home.root, home, '');

/** The pytest fixtures that a class of a module defines as methods. */
export const fixturesOfClass = (node: SyntaxNode, home: ModuleIndex): Fixtures =>
  fixturesOf(node, home, 'self.');

function fixturesOf(scope: SyntaxNode, home: ModuleIndex, receiver: string): Fixtures {
  const fixtures = new Map<string, Fixture>();
  for (const statement of statementsOf(scope)) {
    const definition = definitionOf(statement);
    const decorator = definition?.decorators.find(({ text }) =>
      /^@\s*(pytest\.)?(\w+_)?fixture\b/.test(text),
    );
    if (!definition || !decorator || isAsync(definition.node)) continue;
    const { node } = definition;
    const options = optionsOf(decorator);
    const parameter = options.has('params') ? firstOf(options.get('params')) : undefined;
    if (options.has('params') && parameter === undefined) continue;
    const name = /^['"](\w+)['"]$/.exec(options.get('name')?.text ?? '')?.[1] ?? nameOf(node);
    const needs = requiredParameters(parametersOf(node)).map((each) => each.name);
    fixtures.set(name, {
      callee: receiver + nameOf(node),
      needs: receiver ? needs.slice(1) : needs,
      yields: yieldsOrAwaits(node),
      ...(parameter === undefined ? {} : { parameter }),
      home,
    });
  }
  return fixtures;
}

function optionsOf(decorator: SyntaxNode): Map<string, SyntaxNode> {
  const call = partsOf(decorator)[0];
  const list = call?.type === 'call' ? call.childForFieldName('arguments') : undefined;
  return new Map(
    (list ? partsOf(list) : []).flatMap((part): [string, SyntaxNode][] => {
      const value = part.childForFieldName('value');
      return part.type === 'keyword_argument' && value
        ? [[part.childForFieldName('name')?.text ?? '', value]]
        : [];
    }),
  );
}

const firstOf = (values: SyntaxNode | undefined): string | undefined =>
  values?.type === 'list' || values?.type === 'tuple' ? partsOf(values)[0]?.text : undefined;

/** The fixtures of a test as plain code. */
export interface Provided {
  /** Bind the fixtures, each after those that it needs. */
  readonly statements: readonly string[];
  readonly used: readonly Fixture[];
  /** Names that only pytest and its plug-ins can bind. */
  readonly lost: ReadonlySet<string>;
}

/** Plain code for the fixtures that a test requests, each taken from the first of `scopes` that has it. */
export function provideFixtures(wanted: readonly string[], scopes: readonly Fixtures[]): Provided {
  const statements = new Map<string, readonly string[]>();
  const used = new Set<Fixture>();
  const provide = (name: string, around: readonly string[]): boolean => {
    if (statements.has(name)) return true;
    const fixture = scopes.flatMap((scope) => scope.get(name) ?? [])[0];
    const own = fixture?.parameter === undefined ? [] : ['request'];
    const needs = fixture?.needs.filter((each) => !own.includes(each)) ?? [];
    if (!fixture || around.includes(name)) {
      const known = fixture ? undefined : BUILT_IN[name];
      if (known) statements.set(name, known);
      return known !== undefined;
    }
    if (!needs.every((each) => provide(each, [...around, name]))) return false;
    used.add(fixture);
    statements.set(name, bindingOf(name, fixture));
    return true;
  };
  const lost = new Set(wanted.filter((name) => !provide(name, [])));
  return { statements: [...statements.values()].flat(), used: [...used], lost };
}

function bindingOf(name: string, { callee, needs, parameter, yields }: Fixture): string[] {
  const call = `${callee}(${needs.join(', ')})`;
  const request = `request = types.SimpleNamespace(param=${parameter ?? ''})`;
  return [
    ...(parameter === undefined ? [] : ['import types', request]),
    // The clean-up of a generator runs when nothing refers to it any more, so a variable holds it.
    ...(yields ? [`_${name} = ${call}`, `${name} = next(_${name})`] : [`${name} = ${call}`]),
  ];
}
