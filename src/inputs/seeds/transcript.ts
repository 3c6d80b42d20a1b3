import { isPython } from '../../python/python-parser.js';

const PROMPT = /^\s*(?:>>>|In \[\d+\]:|sage:)(?: |$)/;
const CONTINUATION = /^\s*\.\.\.(?::|)(?: |$)/;
/** Lines of one example that may lack a continuation prompt because of careless copying, at most. */
const MOST_BARE_LINES = 10;

/** Whether a text shows an interactive session: `>>>` of Python, `In [1]:` of IPython. */
export function isTranscript(text: string): boolean {
  return text.split('\n').some((line) => PROMPT.test(line));
}

/** Whether a line starts with a prompt for new input. */
export function isPrompt(line: string): boolean {
  return PROMPT.test(line);
}

/** The input of an interactive session, one text per prompt, without prompts and outputs. */
export function typedIn(transcript: string): string[] {
  const lines = transcript.split('\n');
  const typed: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (!PROMPT.test(lines[at] ?? '')) continue;
    const example = [(lines[at] ?? '').replace(PROMPT, '')];
    while (CONTINUATION.test(lines[at + 1] ?? ''))
      example.push((lines[++at] ?? '').replace(CONTINUATION, ''));
    typed.push(completed(example.join('\n'), lines.slice(at + 1)));
  }
  return typed.filter((example) => example.trim() !== '');
}

/** The example, extended by following lines until it parses. */
function completed(example: string, following: readonly string[]): string {
  if (isPython(example)) return example;
  for (let count = 1; count <= Math.min(MOST_BARE_LINES, following.length); count++) {
    if (PROMPT.test(following[count - 1] ?? '')) break;
    const longer = [example, ...following.slice(0, count)].join('\n');
    if (isPython(longer)) return longer;
  }
  return example;
}
