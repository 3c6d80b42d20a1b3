import { patchLines } from './lines.js';

/** A line that a patch adds, numbered from 1 in the file that it leaves behind. */
export interface AddedLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const MOST_LINES = 10;
const LONGEST = 200;

/** Words of code that reaches for the test runner, the interpreter or comparison itself. */
const REACHES =
  /pytest|unittest|\bpluggy\b|assert(?!ion_?text)|__eq__|__ne__|__del__|__class__|\bsys\.(modules|_getframe|settrace|setprofile|meta_path|exit)|\bgc\b|\bctypes\b|\binspect\b|\bbuiltins\b|\batexit\b|\bos\.(_exit|kill|write|open)|\bopen\(|rmtree|unlink|coding[:=]|addopts|site-packages/i;

/**
 * The lines by which a patch may reach for the tests, the first few: those of the files given, or else those with words that
 * only such code needs, or else the first that it adds.
 */
export function suspectLines(patch: string, files: ReadonlySet<string>): AddedLine[] {
  const added = addedLines(patch);
  const ranked = [
    added.filter(({ file }) => files.has(file)),
    added.filter(({ text }) => REACHES.test(text)),
    added,
  ];
  const lines = ranked.find((some) => some.length > 0) ?? [];
  return lines.slice(0, MOST_LINES).map((one) => ({ ...one, text: one.text.slice(0, LONGEST) }));
}

function addedLines(patch: string): AddedLine[] {
  const added: AddedLine[] = [];
  let file = '';
  let line = 0;
  for (const { text, isContent } of patchLines(patch)) {
    if (isContent) {
      if (text.startsWith('+') && text.slice(1).trim() !== '')
        added.push({ file, line, text: text.slice(1) });
      if (!text.startsWith('-') && !text.startsWith('\\')) line += 1;
      continue;
    }
    file = /^\+\+\+ (?:[a-z]\/)?([^\t\r]+)/.exec(text)?.[1] ?? file;
    line = Number(/^@@ -\S+ \+(\d+)/.exec(text)?.[1] ?? line);
  }
  return added;
}
