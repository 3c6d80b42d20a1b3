import { readFile } from 'node:fs/promises';
import { UserError } from '../model/errors.js';
import type { SourceLocation } from '../model/instance.js';

/** A value read from a file, with where it stood. */
export interface RawRecord {
  readonly value: unknown;
  readonly source: SourceLocation;
  /** For messages: `FILE:LINE`, `FILE, item 3`, `FILE, key "x"`. */
  readonly place: string;
  /** Its key, in an object keyed by id. */
  readonly key?: string;
}

/** Reads a text file. Throws UserError `KIND-missing` or `KIND-unreadable`. */
export async function readText(file: string, kind: 'dataset' | 'predictions' | 'results'): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT')
      throw new UserError(`${kind}-missing`, `there is no file ${file}`, 'Check the path.');
    throw new UserError(`${kind}-unreadable`, `${file} cannot be read (${code})`, undefined, {
      cause: error,
    });
  }
}

/** Parses text as JSON. Throws UserError `KIND-malformed` naming the place. */
export function parseJson(text: string, place: string, kind: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`${kind}-malformed`, `${place}: not valid JSON: ${why}`, undefined, { cause: error });
  }
}

/**
 * The records of a `.jsonl` file (one per line, empty lines skipped, CRLF accepted) or of a `.json` file (a list, or an
 * object of which every entry is one).
 */
export async function readRecords(file: string, kind: 'dataset' | 'predictions'): Promise<RawRecord[]> {
  const text = await readText(file, kind);
  if (!file.endsWith('.json')) {
    return text.split(/\r?\n/).flatMap((line, index) => {
      const place = `${file}:${index + 1}`;
      const source = { file, line: index + 1 };
      return line.trim() === '' ? [] : [{ value: parseJson(line, place, kind), source, place }];
    });
  }
  const whole = parseJson(text, file, kind);
  if (Array.isArray(whole)) {
    return whole.map((value: unknown, index) => ({
      value,
      source: { file },
      place: `${file}, item ${index + 1}`,
    }));
  }
  if (typeof whole !== 'object' || whole === null) {
    throw new UserError(`${kind}-malformed`, `${file}: expected a list or an object`);
  }
  return Object.entries(whole).map(([key, value]: [string, unknown]) => ({
    value,
    source: { file },
    place: `${file}, key ${JSON.stringify(key)}`,
    key,
  }));
}
