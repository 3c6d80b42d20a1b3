import type { Canonical } from '../model/observation.js';
import { numbersOf } from './arrays.js';
import { kindName, unreadableReason, VARIES } from './canonical-facts.js';
import { differByRounding, DOUBLE, HALF, numberOf, SINGLE, type Precision } from './numbers.js';

/**
 * In what two values of different kinds differ: `internal` where no caller was promised the kind, `rounding` where both
 * are one number, and `type` otherwise. Undefined where their kinds do not differ.
 */
export function kindAspect(left: Canonical, right: Canonical): 'type' | 'internal' | 'rounding' | undefined {
  if (isCallable(left) && isCallable(right)) return callablesAspect(left, right);
  if (left.t === right.t && kindName(left) === kindName(right)) return undefined;
  if (left.t === 'iterator' && right.t === 'iterator') return 'internal';
  if (left.t === 'object' && right.t === 'object' && isPrivate(left.type) && isPrivate(right.type))
    return 'internal';
  return isSameNumber(left, right) ? 'rounding' : 'type';
}

/** Whether what two values hold can be compared although their kinds differ. */
export const isComparable = (left: Canonical, right: Canonical): boolean =>
  left.t === right.t && (left.t === 'iterator' || (left.t === 'object' && !isCallable(left)));

/** Whether a side varies its answer from time to time, but is of another type than the other side every time. */
export function variesInKind(left: Canonical, right: Canonical): boolean {
  const varies = (value: Canonical) => value.t === 'opaque' && value.why === VARIES && value.type !== '?';
  if (!varies(left) && !varies(right)) return false;
  if ([left, right].some((value) => !varies(value) && unreadableReason(value) !== undefined)) return false;
  const [mine, others] = [kindName(left), kindName(right)];
  return mine !== others && !(NUMBERS.has(mine) && NUMBERS.has(others));
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'float', 'complex', 'array']);

/** A function, or what stands for one: a partial, a bound method, an object that can only be called. */
function isCallable(value: Canonical): boolean {
  return value.t === 'name' ? value.kind === 'function' : value.t === 'object' && value.calls === true;
}

/**
 * Functions have an identity where a public name leads to both. Otherwise only calls show a difference, whatever kind of
 * callable they are.
 */
function callablesAspect(left: Canonical, right: Canonical): 'internal' | undefined {
  const [mine, others] = [identityOf(left), identityOf(right)];
  if (mine === undefined && others === undefined)
    return kindName(left) === kindName(right) && left.t === right.t && left.t !== 'name'
      ? undefined
      : 'internal';
  return mine !== undefined && others !== undefined ? undefined : 'internal';
}

const identityOf = (value: Canonical): string | undefined =>
  value.t === 'name' && !isPrivate(value.v) ? value.v : undefined;

/** Whether a name is private by convention, or of something inside of a function. */
const isPrivate = (qualified: string): boolean =>
  /(?:^|\.)_(?!_[^.]*__$)[^.]*$/.test(qualified) || qualified.includes('<locals>');

const PRECISIONS: Readonly<Record<string, Precision>> = { f2: HALF, f4: SINGLE, c8: SINGLE };

/** Whether two values of different types are one number, such as `1` and `1.0`, or a number of Python and of numpy. */
function isSameNumber(left: Canonical, right: Canonical): boolean {
  const [mine, others] = [numberIn(left), numberIn(right)];
  if (mine === undefined || others === undefined || mine.isBool !== others.isBool) return false;
  const precision = mine.precision ?? others.precision ?? DOUBLE;
  return mine.parts.every((number, index) => {
    const other = others.parts[index] ?? 0;
    return number === other || differByRounding(number, other, precision);
  });
}

interface NumberParts {
  readonly isBool: boolean;
  /** Real and imaginary part. */
  readonly parts: readonly number[];
  readonly precision?: Precision | undefined;
}

function numberIn(value: Canonical): NumberParts | undefined {
  switch (value.t) {
    case 'bool':
      return { isBool: true, parts: [Number(value.v), 0] };
    case 'int':
      return Number.isSafeInteger(Number(value.v))
        ? { isBool: false, parts: [Number(value.v), 0] }
        : undefined;
    case 'float':
      return { isBool: false, parts: [numberOf(value.v), 0] };
    case 'complex':
      return { isBool: false, parts: [numberOf(value.re), numberOf(value.im)] };
    case 'array': {
      const numbers = value.shape.length === 0 ? numbersOf(value) : undefined;
      const name = value.dtype.slice(1);
      return (
        numbers && {
          isBool: name === 'b1',
          parts: [Number(numbers[0]), Number(numbers[1] ?? 0)],
          precision: PRECISIONS[name],
        }
      );
    }
    default:
      return undefined;
  }
}
