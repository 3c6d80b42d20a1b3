import { stringify } from 'safe-stable-stringify';
import type { Canonical, ExceptionFacts } from '../model/observation.js';

/** Why a value cannot be read that a side does not give every time, and what stands for its repr. */
export const VARIES = 'left to chance';

/** A text for a canonical value: equal texts mean equal values, unless something in them cannot be read. */
export function canonicalText(value: Canonical): string {
  return stringify(value);
}

/** What a value is, without its content: `int`, `list`, `OrderedDict`, `sympy.core.numbers.Integer`. */
export function kindName(value: Canonical): string {
  switch (value.t) {
    case 'object':
    case 'subclass':
    case 'enum':
    case 'iterator':
      return withoutPlace(value.type);
    case 'dict':
      return value.ordered ? 'OrderedDict' : 'dict';
    case 'none':
      return 'NoneType';
    case 'name':
      return value.kind;
    case 'singleton':
      return value.v;
    case 'opaque':
      return value.why === VARIES ? value.type : value.t;
    case 'large':
      return kindName(value.part);
    default:
      return value.t;
  }
}

/** A class inside of a function is not known by the names of the functions around it. */
export const withoutPlace = (type: string): string => type.replace(/^.*<locals>/, '<locals>');

/** Why a value itself (not something in it) cannot be read; undefined when it can. */
export function unreadableReason(value: Canonical): string | undefined {
  if (value.t === 'opaque') return `${value.type}: ${value.why}`;
  return value.t === 'truncated' ? `cut: ${value.why}` : undefined;
}

/** Whether anything in a value cannot be read. */
export function holdsUnreadable(value: Canonical): boolean {
  return unreadableReason(value) !== undefined || childrenOf(value).some(holdsUnreadable);
}

/** The canonical values directly inside another. */
function childrenOf(value: Canonical): readonly Canonical[] {
  switch (value.t) {
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
    case 'iterator':
      return value.items;
    case 'dict':
      return value.entries.flat();
    case 'subclass':
      return [value.base, ...Object.values(value.public), ...Object.values(value.private ?? {})];
    case 'large':
      return [value.part];
    case 'object':
      return [...Object.values(value.public), ...Object.values(value.private ?? {})];
    default:
      return [];
  }
}

/** A field by its name; undefined where there is none, also for names that every object inherits, such as `constructor`. */
export function ownField(fields: Readonly<Record<string, Canonical>>, name: string): Canonical | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** An exception on one line, its type without `builtins`: `ValueError: no`. */
export function faultText({ type, message }: ExceptionFacts): string {
  const name = type.replace(/^builtins\./, '');
  return message === '' ? name : `${name}: ${message}`;
}
