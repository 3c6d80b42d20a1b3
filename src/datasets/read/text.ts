import { UserError } from '../../model/errors.js';
import { textOfBytes } from '../../platform/byte-text.js';
import { DamagedData, readAll, type FileKind } from './bytes.js';

/**
 * Reads a text file, whose bytes are kept but for a byte order mark.
 * Throws UserError `KIND-missing`, `KIND-unreadable` or `KIND-malformed`.
 */
export async function readText(file: string, kind: FileKind): Promise<string> {
  try {
    return textOfBytes(await readAll(file, kind)).replace(/^\uFEFF/, '');
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    throw new UserError(`${kind}-malformed`, `${file}: damaged or cut off (${error.message})`, undefined, {
      cause: error,
    });
  }
}

/** Parses text as JSON. Throws UserError `KIND-malformed` naming the place. */
export function parseJson(text: string, place: string, kind: FileKind): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`${kind}-malformed`, `${place}: not valid JSON: ${why}`, undefined, { cause: error });
  }
}
