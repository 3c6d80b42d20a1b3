/** A line of a patch. */
export interface PatchLine {
  /** Without its line feed; a carriage return stays. */
  readonly text: string;
  /** Whether it is a line of a file, with its sign before it, and no header. */
  readonly isContent: boolean;
}

/**
 * The lines of a patch. Only a line feed ends one: a carriage return or a line separator is part of the content, and what
 * looks like a header in the content of a file is none.
 */
export function* patchLines(patch: string): Generator<PatchLine> {
  let left = { old: 0, new: 0 };
  for (const text of patch.split('\n')) {
    const isContent = left.old > 0 || left.new > 0;
    if (isContent) {
      const sign = text[0];
      if (sign !== '\\')
        left = { old: left.old - Number(sign !== '+'), new: left.new - Number(sign !== '-') };
    } else {
      const [, old, current] = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(text) ?? [null];
      if (text.startsWith('@@ ')) left = { old: Number(old ?? 1), new: Number(current ?? 1) };
    }
    yield { text, isContent };
  }
}
