import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';

/** The section of a git patch that makes a new text file. */
export function addedFilePatch(file: string, text: string): string {
  const patch = structuredPatch('/dev/null', `b/${file}`, '', text);
  return `diff --git a/${file} b/${file}\nnew file mode 100644\n${formatPatch(patch, FILE_HEADERS_ONLY)}`;
}
