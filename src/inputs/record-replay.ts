import { boundNames, freeNames } from '../python/names.js';
import type { Input } from '../model/input.js';
import type { Parameter } from '../model/target.js';
import { interleave } from './interleave.js';
import { revise } from './program/input.js';
import { BOUNDARY_FLOATS, BOUNDARY_INTEGERS, BOUNDARY_STRINGS, EXTREMES } from './mutate/boundary-values.js';
import { SAMPLE } from './mutate/pool.js';
import type { Random } from './program/random.js';

/** A function or method that a program can replace by assigning to an attribute of its module or class. */
export interface CallPlace {
  /** Dotted name of the module to import. */
  readonly module: string;
  /** `f`, `Class.method`. */
  readonly qualname: string;
  readonly parameters: readonly Parameter[];
}

/** The types of the arguments of one call that a seed made: `builtins.int`, `pkg.m.Class`. */
export interface RecordedCall {
  readonly positional: readonly string[];
  readonly keywords: Readonly<Record<string, string>>;
}

/** Calls that are recorded for one seed, and those of them that are replayed with other arguments, at most. */
const MOST_KEPT = 40;
const MOST_CALLS = 8;
const EXTREME = { domain: 'contrived', outside: 'a value at the end of its type' } as const;
/** Names that the programs bind besides those of the seed. They are part of the ids of inputs, so they stay as they are. */
const ENTERED = 'entered';
const ORIGINAL = 'original';
const KEEPER = 'keep_call';
const HOME = 'home';
const OWN_NAMES = [ENTERED, ORIGINAL, KEEPER, HOME, 'import_module'];
const TYPE = (value: string) => `type(${value}).__module__ + '.' + type(${value}).__qualname__`;
const SHAPES =
  `__import__('json').dumps([[[${TYPE('a')} for a in args], {k: ${TYPE('v')} for k, v in kwargs.items()}] ` +
  `for args, kwargs in ${ENTERED}])`;

/**
 * A program that runs the whole of `input` and records every call of `place`. Its value is a JSON text: for every call,
 * the types of the positional arguments and, by name, of the keyword arguments. Undefined where the input uses a name
 * that the program needs for itself.
 */
export function recordCalls(input: Input, place: CallPlace): Input | undefined {
  const code = [input.prelude, ...input.prefix, input.source].join('\n');
  const taken = new Set([...boundNames(code), ...freeNames(code)]);
  if (OWN_NAMES.some((name) => taken.has(name))) return undefined;
  const { owner, name, imports } = accessTo(place);
  return revise(input, {
    prefix: [
      ...imports,
      `${ENTERED} = []`,
      `${ORIGINAL} = ${owner}.${name}`,
      [
        `def ${KEEPER}(*args, **kwargs):`,
        `    if len(${ENTERED}) < ${MOST_KEPT}:`,
        `        ${ENTERED}.append((args, kwargs))`,
        `    return ${ORIGINAL}(*args, **kwargs)`,
      ].join('\n'),
      `${owner}.${name} = ${KEEPER}`,
      ...input.prefix,
      input.source,
      `${owner}.${name} = ${ORIGINAL}`,
    ],
    source: SHAPES,
    generator: 'frontier',
    mutations: ['frontier-call'],
    domain: input.domain === 'contrived' ? 'contrived' : 'in-domain',
  });
}

/**
 * Replays the calls that the program `recorded` recorded, with the very objects that the seed passed: first each as it was,
 * then with one argument replaced by that of another call or by a value of its type, or with an argument left out or
 * added. For a private function, arguments of other calls only: it may rely on what its callers pass. Each replayed
 * call is an input of its own.
 */
export function replayCalls(
  recorded: Input,
  place: CallPlace,
  seen: readonly RecordedCall[],
  constants: readonly string[],
  random: Random,
): Input[] {
  const { owner, name } = accessTo(place);
  const calls = distinctCalls(seen).slice(0, MOST_CALLS);
  const slots = seen.flatMap((call, index) => slotsOf(call, index));
  const inside = isPrivate(place);
  const variants = calls.flatMap((index) => {
    const own = slots.filter(({ call }) => call === index);
    const replaced = own.flatMap((slot) =>
      [...recombined(slot, slots, random), ...(inside ? [] : valuesOf(slot, constants))].map((text) =>
        own.map((other) => (other === slot ? { ...slot, text } : other)),
      ),
    );
    if (inside) return replaced;
    const keywords = own.filter(({ key }) => typeof key === 'string');
    const shortened = keywords.map((slot) => own.filter((other) => other !== slot));
    const added = missingOptions(place.parameters, own).map((option) => [...own, option]);
    return [...replaced, ...shortened, ...added];
  });
  const asTheyWere = calls.map((index) => slots.filter(({ call }) => call === index));
  return [...asTheyWere, ...random.sample(variants, variants.length)].map((passed) =>
    revise(recorded, {
      source: `${owner}.${name}(${passed.map(argumentText).join(', ')})`,
      ...(passed.some(({ text }) => EXTREMES.includes(text)) ? EXTREME : {}),
    }),
  );
}

/** Whether any part of the dotted name is private by convention; special names such as `__call__` are not. */
const isPrivate = ({ qualname }: CallPlace): boolean => /(^|\.)_(?!_\w+__(\.|$))/.test(qualname);

/** How the program accesses the function to replace. */
function accessTo({ module, qualname }: CallPlace): {
  owner: string;
  name: string;
  imports: readonly string[];
} {
  const parts = qualname.split('.');
  const name = parts.at(-1) ?? '';
  return parts.length > 1
    ? { owner: parts.slice(0, -1).join('.'), name, imports: [`from ${module} import ${parts[0] ?? ''}`] }
    : {
        owner: HOME,
        name,
        imports: [
          'from importlib import import_module',
          `${HOME} = import_module(${JSON.stringify(module)})`,
        ],
      };
}

/** One argument of one recorded call. */
interface Slot {
  readonly call: number;
  /** Position or keyword. */
  readonly key: number | string;
  readonly type: string;
  readonly text: string;
}

function slotsOf({ positional, keywords }: RecordedCall, call: number): Slot[] {
  return [
    ...positional.map((type, key) => ({ call, key, type, text: `${ENTERED}[${call}][0][${key}]` })),
    ...Object.entries(keywords).map(([key, type]) => ({
      call,
      key,
      type,
      text: `${ENTERED}[${call}][1][${JSON.stringify(key)}]`,
    })),
  ];
}

const argumentText = ({ key, text }: Pick<Slot, 'key' | 'text'>): string =>
  typeof key === 'string' ? `${key}=${text}` : text;

/** Indices of the calls: the first call with each combination of types, then the second with each, and so on. */
function distinctCalls(seen: readonly RecordedCall[]): number[] {
  return interleave([...seen.keys()], (index) => JSON.stringify(seen[index]));
}

/** Arguments of other calls: those in the same place, and those of the same type in another place. */
function recombined(slot: Slot, slots: readonly Slot[], random: Random): string[] {
  const others = slots.filter((other) => other.call !== slot.call || other.key !== slot.key);
  const here = others.filter(({ key }) => key === slot.key);
  const alike = others.filter(({ key, type }) => key !== slot.key && type === slot.type);
  return [...random.sample(here, SAMPLE), ...random.sample(alike, SAMPLE)].map(({ text }) => text);
}

/** Boundary values of a builtin type, and neighbours of the value passed. */
function valuesOf({ type, text }: Slot, constants: readonly string[]): readonly string[] {
  switch (type) {
    case 'builtins.int':
      return [
        `${text} + 1`,
        `${text} - 1`,
        `-${text}`,
        ...BOUNDARY_INTEGERS,
        ...constants.filter((constant) => /^\d+$/.test(constant)),
      ];
    case 'builtins.float':
      return [`-${text}`, ...BOUNDARY_FLOATS];
    case 'builtins.str':
      return [
        ...BOUNDARY_STRINGS,
        `' ' + ${text}`,
        `${text} + ' '`,
        `${text}.upper()`,
        ...constants.filter((constant) => /^['"]/.test(constant)),
      ];
    case 'builtins.bool':
      return [`not ${text}`];
    case 'builtins.list':
    case 'builtins.tuple':
      return [`${text}[:0]`, `${text}[1:]`, `${text}[:1]`, `${text}[::-1]`, `${text} * 2`];
    case 'builtins.dict':
      return ['{}'];
    case 'builtins.set':
      return ['set()'];
    default:
      return [];
  }
}

/** Options that a call did not pass, each with another value than its default of a boolean, number or text. */
function missingOptions(
  parameters: readonly Parameter[],
  given: readonly Slot[],
): Pick<Slot, 'key' | 'text'>[] {
  const positions = given.filter(({ key }) => typeof key === 'number').length;
  return parameters.flatMap(({ name, kind, defaultText = '' }, position) => {
    const isGiven = given.some(({ key }) => key === name) || (kind === 'positional' && position < positions);
    if (isGiven || (kind !== 'positional' && kind !== 'keyword-only')) return [];
    if (defaultText === 'True' || defaultText === 'False') return [{ key: name, text: `not ${defaultText}` }];
    if (/^\d+$/.test(defaultText)) return [{ key: name, text: `${defaultText} + 1` }];
    return /^(['"]).*\1$/.test(defaultText) ? [{ key: name, text: "'a'" }] : [];
  });
}
