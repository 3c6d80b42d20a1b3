import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { uniformInt } from 'pure-rand/distribution/uniformInt';

/** What fuzzing does to the bytes or the values of a file. */
export type Damage = 'cut' | 'flip' | 'shuffle' | 'retype' | 'drop' | 'insert';
export const DAMAGES: readonly Damage[] = ['cut', 'flip', 'shuffle', 'retype', 'drop', 'insert'];

const VALUES: readonly unknown[] = [
  null,
  0,
  -1.5,
  true,
  '',
  'x',
  '\u001b[2J',
  [],
  {},
  [[]],
  { a: { b: 1 } },
  '\udce9',
];

/** Bytes with one damage, chosen by the generator. */
export function damaged(content: Uint8Array, damage: Damage, random: RandomGenerator): Uint8Array {
  const below = (limit: number) => uniformInt(random, 0, Math.max(0, limit - 1));
  const bytes = Buffer.from(content);
  switch (damage) {
    case 'cut':
      return bytes.subarray(0, below(bytes.length));
    case 'flip': {
      for (let times = 1 + below(4); times > 0; times -= 1) {
        const at = below(bytes.length);
        if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
      }
      return bytes;
    }
    case 'insert': {
      const at = below(bytes.length);
      const some = Buffer.from(Array.from({ length: 1 + below(6) }, () => below(256)));
      return Buffer.concat([bytes.subarray(0, at), some, bytes.subarray(at)]);
    }
    case 'shuffle':
    case 'retype':
    case 'drop':
      return byLines(bytes, (value) => inValue(value, damage, below));
  }
}

/** Changes the JSON on each line, or that of the whole; what is no JSON loses a byte. */
function byLines(bytes: Buffer, change: (value: unknown) => unknown): Uint8Array {
  const text = bytes.toString('utf8');
  try {
    return Buffer.from(JSON.stringify(change(JSON.parse(text))));
  } catch {
    // Lines, or nothing that JSON reads.
  }
  try {
    const lines = text.split('\n').filter((line) => line !== '');
    return Buffer.from(lines.map((line) => `${JSON.stringify(change(JSON.parse(line)))}\n`).join(''));
  } catch {
    return bytes.subarray(1);
  }
}

function inValue(value: unknown, damage: Damage, below: (limit: number) => number): unknown {
  if (typeof value !== 'object' || value === null) return VALUES[below(VALUES.length)];
  const entries = Object.entries(value);
  if (entries.length === 0) return value;
  const at = below(entries.length);
  const [key, inner] = (entries[at] ?? ['', null]) as [string, unknown];
  const isDeeper = typeof inner === 'object' && inner !== null && below(2) === 0;
  if (damage === 'shuffle') entries.push(...entries.splice(0, at));
  else if (isDeeper) entries[at] = [key, inValue(inner, damage, below)];
  else if (damage === 'drop') entries.splice(at, 1);
  else entries[at] = [key, VALUES[below(VALUES.length)]];
  return Array.isArray(value) ? entries.map(([, one]) => one as unknown) : Object.fromEntries(entries);
}
