import type { Canonical } from '../model/observation.js';

/**
 * Python source (ASCII, valid from 3.6) that evaluates to a value of plain data: None, booleans, numbers,
 * text, bytes, and lists, tuples, sets and dicts of these. Null for anything else, including NaN, which equals no
 * literal.
 */
export function literalOf(value: Canonical): string | null {
  switch (value.t) {
    case 'none':
      return 'None';
    case 'bool':
      return value.v ? 'True' : 'False';
    case 'int':
    case 'singleton':
      return value.v;
    case 'float':
      return floatLiteral(value.v);
    case 'complex':
      return wrapped('complex(', [floatLiteral(value.re), floatLiteral(value.im)], ')');
    case 'str':
      return stringLiteral(value.v);
    case 'bytes':
      return bytesLiteral(value.v);
    case 'bytearray':
      return `bytearray(${bytesLiteral(value.v)})`;
    case 'list':
      return wrapped('[', value.items.map(literalOf), ']');
    case 'tuple':
      return wrapped('(', value.items.map(literalOf), value.items.length === 1 ? ',)' : ')');
    case 'set':
      return value.items.length === 0 ? 'set()' : wrapped('{', value.items.map(literalOf), '}');
    case 'frozenset':
      return value.items.length === 0
        ? 'frozenset()'
        : wrapped('frozenset({', value.items.map(literalOf), '})');
    case 'dict':
      return value.ordered ? null : wrapped('{', value.entries.map(entryLiteral), '}');
    default:
      return null;
  }
}

/** A Python string literal in single quotes, ASCII only. */
export function stringLiteral(text: string): string {
  return `'${Array.from(text, (character) => escapeCharacter(character, 'text')).join('')}'`;
}

function wrapped(open: string, parts: readonly (string | null)[], close: string): string | null {
  return parts.includes(null) ? null : open + parts.join(', ') + close;
}

function entryLiteral([key, value]: readonly [Canonical, Canonical]): string | null {
  const [left, right] = [literalOf(key), literalOf(value)];
  return left === null || right === null ? null : `${left}: ${right}`;
}

function floatLiteral(repr: string): string | null {
  if (repr === 'nan') return null;
  return repr.endsWith('inf') ? `float('${repr}')` : repr;
}

function bytesLiteral(hex: string): string {
  const bytes = Array.from(Buffer.from(hex, 'hex'), (byte) =>
    escapeCharacter(String.fromCharCode(byte), 'bytes'),
  );
  return `b'${bytes.join('')}'`;
}

const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escapeCharacter(character: string, kind: 'text' | 'bytes'): string {
  const named = NAMED[character];
  if (named) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return character;
  const hex = code.toString(16);
  if (code <= 0xff && (kind === 'bytes' || code < 0x80)) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
