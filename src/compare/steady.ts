import type { Canonical, Observation } from '../model/observation.js';
import { canonicalText, kindName, ownField, VARIES } from './canonical-facts.js';

/** What is known of two sides that were observed several times each, where a side need not agree with itself. */
export interface SteadySides {
  readonly gold: Observation;
  readonly candidate: Observation;
}

/**
 * The part of two sides' answers that stays the same every time: what varies on a side becomes unreadable there, so that
 * it is neither equal to anything nor different. Undefined where not even the kind of outcome stays the same, or an
 * exception does not. Output that varies on a side is left out on both.
 */
export function steadySides(
  golds: readonly Observation[],
  candidates: readonly Observation[],
): SteadySides | undefined {
  const [gold, candidate] = [merged(golds), merged(candidates)];
  if (!gold || !candidate) return undefined;
  const both = [golds, candidates];
  const varies = (text: (observation: Observation) => string) =>
    both.some((side) => new Set(side.map(text)).size > 1);
  const quiet: Partial<Observation> = {
    ...(varies(({ stdout }) => stdout) ? { stdout: '' } : {}),
    ...(varies(({ stderr }) => stderr) ? { stderr: '' } : {}),
    ...(varies(({ warnings }) => JSON.stringify(warnings)) ? { warnings: [] } : {}),
  };
  return { gold: { ...gold, ...quiet }, candidate: { ...candidate, ...quiet } };
}

function merged(side: readonly Observation[]): Observation | undefined {
  const [first] = side;
  if (!first) return undefined;
  const state = mergedFields(side.map((observation) => observation.state)) ?? {};
  if (first.outcome.kind === 'value') {
    const values = side.flatMap(({ outcome }) => (outcome.kind === 'value' ? [outcome.value] : []));
    if (values.length < side.length) return undefined;
    return { ...first, state, outcome: { kind: 'value', value: mergedValue(values) } };
  }
  const outcomes = new Set(side.map(({ outcome }) => JSON.stringify(withoutPlace(outcome))));
  return outcomes.size === 1 ? { ...first, state } : undefined;
}

const withoutPlace = (outcome: Observation['outcome']): unknown =>
  outcome.kind === 'raised' ? { ...outcome, exception: { ...outcome.exception, at: undefined } } : outcome;

/** One value for what was seen several times. */
function mergedValue(values: readonly Canonical[]): Canonical {
  const [first] = values;
  if (!first) return varying('?');
  if (new Set(values.map(canonicalText)).size === 1) return first;
  if (new Set(values.map((value) => `${value.t} ${kindName(value)}`)).size > 1) return varying('?');
  return mergedParts(first, values) ?? varying(KINDLESS.has(kindName(first)) ? '?' : kindName(first));
}

/** Of what could not be read, or was too large to keep, nobody knows what kind of value it is. */
const KINDLESS: ReadonlySet<string> = new Set(['truncated', 'opaque'] satisfies Canonical['t'][]);

const varying = (type: string): Canonical => ({ t: 'opaque', type, why: VARIES });

/** The parts of values of one kind, each merged; undefined where they have no parts in common. */
function mergedParts(first: Canonical, values: readonly Canonical[]): Canonical | undefined {
  switch (first.t) {
    case 'list':
    case 'tuple': {
      const items = mergedItems((values as (typeof first)[]).map((value) => value.items));
      return items && { ...first, items };
    }
    case 'dict': {
      const dicts = (values as (typeof first)[]).map(({ entries }) => entries);
      const keys = dicts.map((entries) => JSON.stringify(entries.map(([key]) => key)));
      const items = mergedItems(dicts.map((entries) => entries.map(([, value]) => value)));
      if (!items || new Set(keys).size > 1) return undefined;
      return { ...first, entries: first.entries.map(([key], index) => [key, items[index] ?? varying('?')]) };
    }
    case 'subclass':
    case 'object': {
      const fields = mergedFields((values as (typeof first)[]).map((value) => value.public));
      if (!fields) return undefined;
      const { private: _, ...rest } = first;
      if (rest.t === 'subclass')
        return {
          ...rest,
          public: fields,
          base: mergedValue((values as (typeof rest)[]).map(({ base }) => base)),
        };
      const reprs = new Set((values as (typeof rest)[]).map(({ repr }) => repr));
      return { ...rest, public: fields, ...(reprs.size > 1 ? { repr: VARIES } : {}) };
    }
    default:
      return undefined;
  }
}

function mergedItems(lists: readonly (readonly Canonical[])[]): Canonical[] | undefined {
  const [first = []] = lists;
  if (lists.some((items) => items.length !== first.length)) return undefined;
  return first.map((_, index) => mergedValue(lists.flatMap((items) => items[index] ?? [])));
}

/** Fields by name; undefined where not all have the same names. */
function mergedFields(
  all: readonly Readonly<Record<string, Canonical>>[],
): Record<string, Canonical> | undefined {
  const names = Object.keys(all[0] ?? {});
  if (all.some((fields) => Object.keys(fields).join() !== names.join())) return undefined;
  return Object.fromEntries(
    names.map((name) => [name, mergedValue(all.flatMap((fields) => ownField(fields, name) ?? []))]),
  );
}
