import type { Difference } from '../model/divergence.js';
import type { Canonical, ExceptionFacts, Observation } from '../model/observation.js';
import { literalOf, stringLiteral } from '../python/literal.js';
import { shortName } from '../compare/render.js';
import type { Asserts } from './asserts.js';
import { contentAsserts, textAsserts, typeAsserts, valueAsserts } from './test-checks.js';

/** How a test runs the input, with the variable that each mode binds for the asserts. */
export type RunMode =
  /** `result`: the value. */
  | 'value'
  /** `result`: a list of up to `items` items of the iterator. */
  | 'items'
  /** `result`: the items up to an exception, and `caught`: that exception or None. */
  | 'failing-items'
  /** `caught`: the exception or None. */
  | 'exception'
  /** `printed`: the text. */
  | 'stdout'
  | 'stderr'
  /** `caught`: list of warnings. */
  | 'warnings'
  /** No variable; only its effects are checked. */
  | 'effect'
  /** No variable; fails if the input does not end in time. */
  | 'time';

/** One way to tell gold from the candidate: how to run the input and what to assert afterwards. */
export interface TestVariant {
  readonly mode: RunMode;
  readonly asserts: Asserts;
  /** For `items` and `failing-items`: how many to take. */
  readonly items?: number;
}

/** The Python variables that the asserts of a variant use. */
export interface VariantNames {
  readonly result: string;
  readonly caught: string;
  readonly printed: string;
}

/** Differences of one divergence for which tests are written. */
const MOST_PLACES = 4;

/** Every way to tell gold from the candidate by these differences, the most readable first. */
export function testVariants(
  differences: readonly Difference[],
  gold: Observation,
  candidate: Observation,
  names: VariantNames,
): TestVariant[] {
  const variants = differences
    .slice(0, MOST_PLACES)
    .flatMap((difference) => variantsFor(difference, gold, candidate, names));
  const { outcome } = gold;
  if (differences[0]?.aspect === 'outcome' && outcome.kind === 'value')
    variants.push({ mode: 'effect', asserts: [] });
  variants.push(...valueVariants(gold, names, valueAsserts));
  return variants;
}

function variantsFor(
  difference: Difference,
  gold: Observation,
  candidate: Observation,
  names: VariantNames,
): TestVariant[] {
  const { aspect, left, path } = difference;
  const variant = (mode: RunMode, asserts: readonly Asserts[]) =>
    asserts.map((statements) => ({ mode, asserts: statements }));
  const text = (part: Difference['left']) => (typeof part === 'string' ? part : '');
  switch (aspect) {
    case 'outcome':
      return gold.outcome.kind === 'raised'
        ? variant('exception', typeAsserts(names.caught, gold.outcome.exception.type))
        : valueVariants(gold, names, valueAsserts);
    case 'time':
      return variant('time', [[]]);
    case 'type':
    case 'value':
    case 'formatting':
    case 'internal':
      // Two failed assertions of a test, which tell what the test saw.
      if (path === '' && raised(gold))
        return variant('exception', messageAsserts(gold, candidate, names.caught));
      return [
        ...stateAsserts(path, left),
        ...valueVariants(gold, names, contentAsserts),
        ...variant('value', placeAsserts(names.result, path, left)),
      ];
    case 'exception-type':
    case 'exception-message':
      return variant('exception', exceptionAsserts(difference, gold, candidate, names.caught));
    case 'state':
      return stateAsserts(path, left);
    case 'rounding':
      return [];
    case 'stdout':
    case 'stderr':
      return variant(aspect, textAsserts(`${names.printed}.getvalue()`, text(left), text(difference.right)));
    case 'warnings':
      return variant('warnings', warningAsserts(gold, names.caught));
  }
}

/** Variants that check a variable afterwards; none where the path leads to no variable. */
function stateAsserts(path: string, left: Difference['left']): TestVariant[] {
  const [name, rest] = splitState(path);
  return placeAsserts(name, rest, left).map((asserts) => ({ mode: 'effect', asserts }));
}

/** Variants that check the whole value: its content or, with `valueAsserts`, also its type and size. */
function valueVariants(
  { outcome }: Observation,
  names: VariantNames,
  asserts: typeof valueAsserts,
): TestVariant[] {
  if (outcome.kind !== 'value') return [];
  const { value } = outcome;
  if (value.t === 'iterator') return itemVariants(value, names);
  return asserts(names.result, value).map((statements) => ({ mode: 'value', asserts: statements }));
}

function itemVariants(
  { items, more, raised: failure }: Extract<Canonical, { t: 'iterator' }>,
  names: VariantNames,
): TestVariant[] {
  const taken = items.length + (more ? 0 : 1);
  if (failure) {
    const content = valueAsserts(names.result, { t: 'list', items });
    return [...typeAsserts(names.caught, failure.type), ...content].map((asserts) => ({
      mode: 'failing-items',
      asserts,
      items: taken,
    }));
  }
  return valueAsserts(names.result, { t: 'list', items }).map((asserts) => ({
    mode: 'items',
    asserts,
    items: taken,
  }));
}

const ACCESSORS = /^(?:\.[A-Za-z_]\w*|\[(?:-?[\d.]+|b?'(?:[^'\\]|\\.)*'|None|True|False|\([^()]*\))\])*$/;
const LAST_ACCESSOR =
  /(?:\.([A-Za-z_]\w*)|\[((?:-?[\d.]+|b?'(?:[^'\\]|\\.)*'|None|True|False|\([^()]*\)))\])$/;

/** Asserts on what gold has at a place inside `name`; none where Python has no expression for the place. */
function placeAsserts(name: string, path: string, left: Difference['left']): Asserts[] {
  if (name === '') return [];
  const [, accessors = '', note = ''] = /^(.*?)(?: \((repr|order|sharing|end)\))?$/s.exec(path) ?? [];
  if (!ACCESSORS.test(accessors)) return [];
  const place = name + accessors;
  if (left === undefined) return absentAsserts(name, accessors);
  if (typeof left === 'string') return note === 'repr' ? textAsserts(`repr(${place})`, left, '') : [];
  if (note === 'order') return left.t === 'dict' ? orderAsserts(place, left) : [];
  if (note === 'sharing') return [];
  return valueAsserts(place, left);
}

function absentAsserts(name: string, accessors: string): Asserts[] {
  const last = LAST_ACCESSOR.exec(accessors);
  if (!last) return [];
  const parent = name + accessors.slice(0, last.index);
  const [, attribute, key] = last;
  return [
    [
      attribute === undefined
        ? `assert ${key ?? ''} not in ${parent}`
        : `assert not hasattr(${parent}, '${attribute}')`,
    ],
  ];
}

function orderAsserts(place: string, { entries }: Extract<Canonical, { t: 'dict' }>): Asserts[] {
  const keys = literalOf({ t: 'list', items: entries.map(([key]) => key) });
  return keys === null ? [] : [[`assert list(${place}) == ${keys}`]];
}

function exceptionAsserts(
  { aspect, path }: Difference,
  gold: Observation,
  candidate: Observation,
  caught: string,
): Asserts[] {
  const [exception, other] = [raised(gold), raised(candidate)];
  if (!exception || !other) return [];
  if (path === 'cause')
    return exception.cause
      ? typeAsserts(`${caught}.__cause__`, exception.cause.type)
      : [[`assert ${caught}.__cause__ is None`]];
  if (path === 'bases') return exception.bases.map((base) => baseAsserts(caught, base));
  return aspect === 'exception-type'
    ? typeAsserts(caught, exception.type)
    : messageAsserts(gold, candidate, caught);
}

const messageAsserts = (gold: Observation, candidate: Observation, caught: string): Asserts[] =>
  textAsserts(`str(${caught})`, raised(gold)?.message ?? '', raised(candidate)?.message ?? '');

const baseAsserts = (caught: string, base: string): Asserts => [
  `assert ${stringLiteral(shortName(base))} in [base.__name__ for base in type(${caught}).__mro__]`,
];

const raised = ({ outcome }: Observation): ExceptionFacts | undefined =>
  outcome.kind === 'raised' ? outcome.exception : undefined;

function warningAsserts({ warnings }: Observation, caught: string): Asserts[] {
  const list = (parts: readonly string[]) => `[${parts.join(', ')}]`;
  const category = (name: string) => stringLiteral(shortName(name));
  const full = warnings.map(
    (warning) => `(${category(warning.category)}, ${stringLiteral(warning.message)})`,
  );
  return [
    [`assert [(entry.category.__name__, str(entry.message)) for entry in ${caught}] == ${list(full)}`],
    [
      `assert [entry.category.__name__ for entry in ${caught}] == ${list(warnings.map((warning) => category(warning.category)))}`,
    ],
  ];
}

/** Splits `state x[0]` into `x` and `[0]`; the name is empty where the state is no variable. */
const splitState = (path: string): [string, string] => {
  const [, name = '', rest = ''] = /^state (\w+)(.*)$/s.exec(path) ?? [];
  return [name, rest];
};
