import type { Canonical } from '../model/observation.js';
import { literalOf, stringLiteral } from '../python/literal.js';
import { shortName } from '../compare/render.js';
import type { Asserts } from './asserts.js';
import { arrayAsserts, holdsRounded, roundedAsserts } from './numeric-checks.js';
import { tableAsserts } from './table-checks.js';

/**
 * Placeholders by which the probe replaces text that changes from run to run, and numbers with so many digits that the
 * last one is a matter of rounding; no test may assert these.
 */
const PLACEHOLDERS =
  /\d+\.(?=\d*[1-9])\d{11,}(?:e[-+]?\d+)?|0x\.\.\.|<root>|<tmp>|<run>|<place>|<repr raises|\.py:N|line N|__console__/;
const LONGEST_LITERAL = 600;
const SHORTEST_FRAGMENT = 3;
const MOST_FRAGMENTS = 3;

/**
 * Ways to assert that the Python expression `place` is `value`, the most specific first. Each of them passes for `value`;
 * only a run can show which of them fail for another value.
 */
export function valueAsserts(place: string, value: Canonical): Asserts[] {
  return [...contentAsserts(place, value), ...shapeAsserts(place, value)];
}

/** Ways to assert the whole content of a value, by a literal or its `repr`; none where neither can express it. */
export function contentAsserts(place: string, value: Canonical): Asserts[] {
  if (value.t === 'float' && value.v === 'nan') return [[`assert ${place} != ${place}`]];
  if (value.t === 'array') return arrayAsserts(place, value);
  if (value.t === 'subclass') return tableAsserts(place, value);
  if (value.t === 'large') return largeAsserts(place, value);
  if (value.t === 'str' && !isVerbatim(value.v)) return textAsserts(place, value.v, '');
  const literal = literalOf(value);
  if (literal === null || literal.length > LONGEST_LITERAL) return reprAsserts(place, value);
  if (holdsRounded(value)) return roundedAsserts(place, value);
  if (value.t === 'none' || value.t === 'bool' || value.t === 'singleton')
    return [[`assert ${place} is ${literal}`]];
  const equal = `assert ${place} == ${literal}`;
  return [
    [equal],
    [equal, `assert type(${place}) is ${value.t}`],
    [`assert repr(${place}) == repr(${literal})`],
  ];
}

/** Ways to assert a text or bytes over the budget by the digest of the whole; none for other values. */
function largeAsserts(place: string, { part, digest }: Extract<Canonical, { t: 'large' }>): Asserts[] {
  if (part.t !== 'str') return [];
  const whole = `assert sha256(${place}.encode('utf-8', 'surrogatepass')).hexdigest() == '${digest}'`;
  return [...textAsserts(place, part.v, ''), ['from hashlib import sha256', whole]];
}

/** Ways to assert a text: the whole text, a piece that the other side's text lacks, or the absence of a piece of that. */
export function textAsserts(place: string, text: string, other: string): Asserts[] {
  const whole = isVerbatim(text) ? [[`assert ${place} == ${stringLiteral(text)}`]] : [];
  const present = fragments(text, other).map((piece) => [`assert ${stringLiteral(piece)} in ${place}`]);
  const absent = fragments(other, text).map((piece) => [`assert ${stringLiteral(piece)} not in ${place}`]);
  return [...whole, ...present, ...absent];
}

/** Asserts on the type of an exception or value: by short name, then with its module. */
export function typeAsserts(place: string, qualified: string): Asserts[] {
  const name = shortName(qualified);
  const module = qualified.slice(0, -name.length - 1);
  const named = `assert type(${place}).__name__ == ${stringLiteral(name)}`;
  const isTop = module !== '' && module !== 'builtins' && isVerbatim(module);
  return [
    [named],
    ...(isTop ? [[named, `assert type(${place}).__module__ == ${stringLiteral(module)}`]] : []),
  ];
}

/** Asserts on the `repr`, for values that no literal can express. */
function reprAsserts(place: string, value: Canonical): Asserts[] {
  const whole = reprOf(value);
  if (whole !== null && isVerbatim(whole)) return [[`assert repr(${place}) == ${stringLiteral(whole)}`]];
  if (value.t === 'set' || value.t === 'frozenset') {
    const items = reprLiterals(value.items);
    return items ? [[`assert sorted(repr(item) for item in ${place}) == [${items.sort().join(', ')}]`]] : [];
  }
  if (value.t !== 'dict') return [];
  const keys = reprLiterals(value.entries.map(([key]) => key));
  const values = reprLiterals(value.entries.map(([, item]) => item));
  if (!keys || !values) return [];
  const entries = keys.map((key, index) => `${key}: ${values[index] ?? ''}`).join(', ');
  return [[`assert {repr(key): repr(value) for key, value in ${place}.items()} == {${entries}}`]];
}

/** Asserts on type and size, for values whose content cannot be expressed. */
function shapeAsserts(place: string, value: Canonical): Asserts[] {
  switch (value.t) {
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      return [[`assert len(${place}) == ${value.items.length}`], [`assert type(${place}) is ${value.t}`]];
    case 'dict':
      return [
        [`assert len(${place}) == ${value.entries.length}`],
        ...typeAsserts(place, value.ordered ? 'OrderedDict' : 'dict'),
      ];
    case 'enum':
      return [[`assert ${place}.name == ${stringLiteral(value.name)}`], ...typeAsserts(place, value.type)];
    case 'subclass':
      return [...valueAsserts(place, value.base), ...typeAsserts(place, value.type)];
    case 'object':
    case 'iterator':
      return typeAsserts(place, value.type);
    case 'name':
      return value.kind === 'module' || !isVerbatim(value.v)
        ? []
        : [[`assert ${place}.__name__ == ${stringLiteral(shortName(value.v))}`]];
    case 'array':
      return [
        [
          `assert ${place}.dtype.str == ${stringLiteral(value.dtype)}`,
          `assert ${place}.shape == (${value.shape.map((size) => `${size},`).join(' ')})`,
        ],
      ];
    default:
      return [];
  }
}

/** Python's `repr` of a value where it is certain; null otherwise. */
function reprOf(value: Canonical): string | null {
  switch (value.t) {
    case 'none':
    case 'bool':
    case 'int':
      return literalOf(value);
    case 'float':
      return holdsRounded(value) ? null : value.v;
    case 'str':
      return /^[ -&(-[\]-~]*$/.test(value.v) ? `'${value.v}'` : null;
    case 'object':
      return value.repr ?? null;
    case 'list':
      return joined('[', value.items, ']');
    case 'tuple':
      return joined('(', value.items, value.items.length === 1 ? ',)' : ')');
    default:
      return null;
  }
}

function joined(open: string, items: readonly Canonical[], close: string): string | null {
  const reprs = items.map(reprOf);
  return reprs.includes(null) ? null : open + reprs.join(', ') + close;
}

function reprLiterals(items: readonly Canonical[]): string[] | null {
  const reprs = items.map(reprOf).filter((repr) => repr !== null && isVerbatim(repr));
  return reprs.length === items.length ? reprs.map((repr) => stringLiteral(repr ?? '')) : null;
}

const isVerbatim = (text: string): boolean => text.length <= LONGEST_LITERAL && !PLACEHOLDERS.test(text);

/** Pieces of `text` between line ends and placeholders that `other` lacks, the longest first. */
function fragments(text: string, other: string): string[] {
  return text
    .split(new RegExp(`\\n|${PLACEHOLDERS.source}`))
    .map((piece) => piece.trim().slice(0, LONGEST_LITERAL))
    .filter((piece) => piece.length >= SHORTEST_FRAGMENT && !other.includes(piece))
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_FRAGMENTS);
}
