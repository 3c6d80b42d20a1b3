import { numberText, numbersOf } from '../compare/arrays.js';
import type { Canonical } from '../model/observation.js';
import { literalOf } from '../python/literal.js';
import type { Asserts } from './asserts.js';

type ArrayForm = Extract<Canonical, { readonly t: 'array' }>;

/** Elements of an array that are written into a test, at most. */
const MOST_ELEMENTS = 60;

/** Relative tolerance of a test by numpy's type; of a double as `numpy.testing.assert_allclose` has it by default. */
const TOLERANCES: Readonly<Record<string, string>> = {
  f2: '1e-02',
  f4: '1e-04',
  c8: '1e-04',
  f8: '1e-07',
  c16: '1e-07',
};

/** A float whose last digit an equally good computation could give otherwise. */
const isRounded = (repr: string): boolean => !/^-?(0\.0|inf|nan)$/.test(repr);

/** Whether plain data holds a float that may be rounded, so that no test may ask for exactly it. */
export function holdsRounded(value: Canonical): boolean {
  switch (value.t) {
    case 'float':
      return isRounded(value.v);
    case 'complex':
      return isRounded(value.re) || isRounded(value.im);
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      return value.items.some(holdsRounded);
    case 'dict':
      return value.entries.flat().some(holdsRounded);
    default:
      return false;
  }
}

/** Ways to assert that `place` is about `value`, plain data that holds floats. */
export function roundedAsserts(place: string, value: Canonical): Asserts[] {
  const literal = value.t === 'float' || value.t === 'complex' ? literalOf(value) : nearLiteral(value);
  if (literal === null) return [];
  const about =
    value.t === 'float' || value.t === 'complex'
      ? [
          `from ${value.t === 'float' ? 'math' : 'cmath'} import isclose as is_close`,
          `assert is_close(${place}, ${literal}, rel_tol=1e-09, abs_tol=1e-12)`,
        ]
      : ['from pytest import approx as close_to', `assert ${place} == ${literal}`];
  return [about, [...about, `assert type(${place}) is ${value.t}`]];
}

/** A literal in which every float stands inside `close_to`; null where floats are members or keys, or there is none. */
function nearLiteral(value: Canonical): string | null {
  if (!holdsRounded(value)) return literalOf(value);
  const join = (parts: readonly (string | null)[]) => (parts.includes(null) ? null : parts.join(', '));
  switch (value.t) {
    case 'float':
    case 'complex':
      return `close_to(${literalOf(value) ?? ''})`;
    case 'list': {
      const items = join(value.items.map(nearLiteral));
      return items === null ? null : `[${items}]`;
    }
    case 'tuple': {
      const items = join(value.items.map(nearLiteral));
      return items === null ? null : `(${items}${value.items.length === 1 ? ',' : ''})`;
    }
    case 'dict': {
      if (value.ordered || value.entries.some(([key]) => holdsRounded(key))) return null;
      const entries = value.entries.map(([key, item]) => [literalOf(key), nearLiteral(item)]);
      const texts = entries.map((pair) => (pair.includes(null) ? null : pair.join(': ')));
      const joined = join(texts);
      return joined === null ? null : `{${joined}}`;
    }
    default:
      return null;
  }
}

/** Ways to assert the numbers of an array; none where they are not kept, or too many. */
export function arrayAsserts(place: string, array: ArrayForm): Asserts[] {
  const literal = arrayLiteral(array);
  if (literal === null) return digestAsserts(place, array);
  const tolerance = TOLERANCES[array.dtype.slice(1)];
  if (tolerance === undefined)
    return [['from numpy.testing import assert_array_equal', `assert_array_equal(${place}, ${literal})`]];
  return [
    [
      'from numpy.testing import assert_allclose',
      `assert_allclose(${place}, ${literal}, rtol=${tolerance}, atol=1e-12)`,
    ],
  ];
}

/** Ways to assert an array of which only a digest is kept; none where its numbers may be rounded. */
function digestAsserts(place: string, { dtype, data }: ArrayForm): Asserts[] {
  if (!data.startsWith('sha256:') || TOLERANCES[dtype.slice(1)] !== undefined) return [];
  const digest = data.slice('sha256:'.length);
  return [['from hashlib import sha256', `assert sha256(${place}.tobytes()).hexdigest() == '${digest}'`]];
}

/** The numbers of an array as nested lists; null where they are not kept, too many or no numbers. */
export function arrayLiteral(array: ArrayForm): string | null {
  const numbers = numbersOf(array);
  if (!numbers || numbers.length > MOST_ELEMENTS) return null;
  const isComplex = array.dtype[1] === 'c';
  const isFloat = isComplex || array.dtype[1] === 'f';
  const texts = numbers.map((number) => numberText(number, isFloat));
  const elements = isComplex
    ? texts.flatMap((text, index) => (index % 2 === 0 ? [`complex(${text}, ${texts[index + 1] ?? ''})`] : []))
    : texts;
  return nested(elements, array.shape);
}

function nested(elements: readonly string[], [size, ...rest]: readonly number[]): string {
  if (size === undefined) return elements[0] ?? 'None';
  const each = size === 0 ? 0 : elements.length / size;
  const parts = Array.from({ length: size }, (_, index) =>
    nested(elements.slice(index * each, (index + 1) * each), rest),
  );
  return `[${parts.join(', ')}]`;
}
