import type { Canonical, ExceptionFacts, Observation, Outcome } from '../model/observation.js';
import { numberText, numbersOf } from './arrays.js';
import { faultText } from './canonical-facts.js';
import { python } from '../python/language.js';

const LONGEST = 160;

/** A canonical value in Python notation, on one line of at most `longest` characters. */
export function renderCanonical(value: Canonical, longest = LONGEST): string {
  return shorten(text(value), longest);
}

/** The outcome of a side on one line: a value, `raises ValueError: message`, or why there is neither. */
export function renderOutcome(outcome: Outcome, longest = LONGEST): string {
  switch (outcome.kind) {
    case 'value':
      return renderCanonical(outcome.value, longest);
    case 'raised':
      return shorten(`raises ${faultText(outcome.exception)}`, longest);
    case 'timeout':
      return 'no answer in time';
    case 'crashed':
      return `the interpreter crashed (signal ${outcome.signal})`;
    case 'exited':
      return `the process exited with code ${outcome.code}`;
    case 'resource':
      return `ran into the ${outcome.what} limit`;
    case 'setup-failed':
      return shorten(`the set-up raised ${faultText(outcome.exception)}`, longest);
  }
}

/** An observation on one line: its outcome, then output and warnings if there are any. */
export function renderObservation(observation: Observation, longest = LONGEST): string {
  const { outcome, stdout, stderr, warnings } = observation;
  const extras = [
    stdout === '' ? [] : [`prints ${python.stringLiteral(stdout)}`],
    stderr === '' ? [] : [`writes ${python.stringLiteral(stderr)} to stderr`],
    warnings.map(({ category, message }) => `warns ${shortName(category)}: ${message}`),
  ].flat();
  return [renderOutcome(outcome, longest), ...extras.map((extra) => shorten(extra, longest))].join('; ');
}

/** One side of a difference: a canonical value or a text. */
export function renderPart(part: Canonical | string | undefined, longest = LONGEST): string {
  if (part === undefined) return '(absent)';
  return typeof part === 'string' ? shorten(part, longest) : renderCanonical(part, longest);
}

/** `pkg.module.Name` without its module; builtins and others alike. */
export function shortName(qualified: string): string {
  return qualified.split('.').at(-1) ?? qualified;
}

/** One line of at most `longest` characters. */
export function shorten(long: string, longest: number): string {
  const line = long.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 3)}...`;
}

function text(value: Canonical): string {
  switch (value.t) {
    case 'none':
      return 'None';
    case 'bool':
      return value.v ? 'True' : 'False';
    case 'int':
    case 'float':
    case 'singleton':
      return value.v;
    case 'complex':
      return `complex(${value.re}, ${value.im})`;
    case 'str':
      return python.stringLiteral(value.v);
    case 'bytes':
    case 'bytearray':
      return `${value.t} ${value.v}`;
    case 'list':
      return `[${list(value.items)}]`;
    case 'tuple':
      return value.items.length === 1 ? `(${list(value.items)},)` : `(${list(value.items)})`;
    case 'set':
      return value.items.length === 0 ? 'set()' : `{${list(value.items)}}`;
    case 'frozenset':
      return `frozenset({${list(value.items)}})`;
    case 'dict': {
      const entries = value.entries.map(([key, item]) => `${text(key)}: ${text(item)}`).join(', ');
      return value.ordered ? `OrderedDict({${entries}})` : `{${entries}}`;
    }
    case 'enum':
      return `${shortName(value.type)}.${value.name}`;
    case 'subclass':
      return `${shortName(value.type)}(${[text(value.base), fields({ ...value.public, ...value.private })].filter(Boolean).join(', ')})`;
    case 'object':
      return value.repr ?? `${shortName(value.type)}(${fields({ ...value.public, ...value.private })})`;
    case 'name':
      return `<${value.kind} ${value.v}>`;
    case 'iterator':
      return `${shortName(value.type)} of [${list(value.items)}${value.more ? ', ...' : ''}]${ending(value.raised)}`;
    case 'large':
      return `${text(value.part)} (cut; the whole was compared)`;
    case 'array':
      return (
        arrayText(value) ??
        `array(dtype=${value.dtype}, shape=(${value.shape.join(', ')}), data=${value.data})`
      );
    case 'ref':
      return `<shared #${value.n}>`;
    case 'opaque':
      return `<${shortName(value.type)}, not readable: ${value.why}>`;
    case 'truncated':
      return `<cut: ${value.why}>`;
  }
}

/** Elements of an array that are shown, at most. */
const MOST_ELEMENTS = 40;

/** An array of numbers as numpy would write it, the dimensions by its shape; undefined where its data is no numbers. */
function arrayText(array: Extract<Canonical, { t: 'array' }>): string | undefined {
  const numbers = numbersOf(array);
  if (!numbers) return undefined;
  const isFloat = /^[fc]/.test(array.dtype.slice(1));
  const shown = numbers.slice(0, MOST_ELEMENTS).map((number) => numberText(number, isFloat));
  const more = numbers.length > shown.length ? ', ...' : '';
  return `array([${shown.join(', ')}${more}], dtype=${array.dtype}, shape=(${array.shape.join(', ')}))`;
}

const list = (items: readonly Canonical[]): string => items.map(text).join(', ');

const fields = (values: Readonly<Record<string, Canonical>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${text(value)}`)
    .join(', ');

const ending = (raised: ExceptionFacts | undefined): string =>
  raised ? `, then raises ${faultText(raised)}` : '';
