import type { ForgedTests } from '../../../model/verdict.js';
import { suspectLines } from '../../../trees/patch/suspect-lines.js';
import type { SteeredTests } from '../with-own-files.js';

/** What the record says of a candidate whose tests are forged; null where they are not. */
export function forgedTests(
  { forged, session, steering }: Pick<SteeredTests, 'forged' | 'session' | 'steering'>,
  patch: string,
): ForgedTests | null {
  if (forged.length === 0) return null;
  const files = session === 'own-files' ? steering.files.map(({ file }) => file) : [];
  return { session, signs: forged, lines: suspectLines(patch, new Set(files)) };
}
