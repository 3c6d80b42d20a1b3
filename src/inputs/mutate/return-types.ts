import { parsePython } from '../../python/python-parser.js';
import type { Canonical } from '../../model/observation.js';
import { calleeName } from './edit.js';

/** The type that a function always returned, by the function's name; types as `literalType` names them. */
export type ReturnTypes = ReadonlyMap<string, string>;

/** An observed program and its value. */
export interface Answer {
  readonly source: string;
  readonly value: Canonical;
}

const BUILTINS: readonly (readonly [string, string])[] = [
  ['bool', 'truth'],
  ['bytes', 'text'],
  ['dict', 'dict'],
  ['float', 'float'],
  ['int', 'integer'],
  ['isinstance', 'truth'],
  ['iter', 'iterator'],
  ['len', 'integer'],
  ['list', 'list'],
  ['range', 'iterator'],
  ['repr', 'text'],
  ['set', 'set'],
  ['sorted', 'list'],
  ['str', 'text'],
  ['tuple', 'tuple'],
  ['type', 'type'],
];

const TYPES: Partial<Record<Canonical['t'], string>> = {
  int: 'integer',
  float: 'float',
  str: 'text',
  bytes: 'text',
  bool: 'truth',
  none: 'none',
  list: 'list',
  tuple: 'tuple',
  dict: 'dict',
  set: 'set',
  iterator: 'iterator',
};

/** Learns return types from observed calls; a function that returned values of two types is left out. */
export function returnTypes(answers: Iterable<Answer>): ReturnTypes {
  const types = new Map<string, string | undefined>(BUILTINS);
  for (const { source, value } of answers) {
    const statement = parsePython(source);
    const call =
      statement.namedChildren.length === 1 ? statement.firstNamedChild?.firstNamedChild : undefined;
    const name = call?.type === 'call' ? calleeName(call) : undefined;
    if (name === undefined) continue;
    const type = TYPES[value.t];
    types.set(name, !types.has(name) || types.get(name) === type ? type : undefined);
  }
  return new Map([...types].flatMap(([name, type]) => (type === undefined ? [] : [[name, type] as const])));
}
