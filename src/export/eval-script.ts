import type { Dialect } from './dialect.js';

const START = '>>>>> Start Test Output';
const END = '>>>>> End Test Output';
/** No line of a patch can be this. */
const HEREDOC = 'EOF_PATCHDIFF';

/** What is added to a row's evaluation script. */
export interface ScriptAddition {
  /** Patch that makes the new test files. */
  readonly patch: string;
  readonly files: readonly string[];
  /** Test files that the script runs already. */
  readonly known: readonly string[];
  readonly dialect: Dialect;
}

/**
 * An evaluation script that makes the new test files, after whatever else has been applied, and runs them together
 * with the test files of the row, so that the exit code of the one command is still that of the tests. Null when
 * the script has no command that is seen to run one of these.
 */
export function extendEvalScript(script: string, addition: ScriptAddition): string | null {
  const lines = script.split('\n');
  const start = lines.findLastIndex((line) => line.includes(START));
  const end = lines.findIndex((line, index) => index > start && line.includes(END));
  if (start < 0 || end < 0) return null;
  const region = withFiles(lines.slice(start + 1, end).join('\n'), addition);
  if (region === null) return null;
  const files = addition.files.map(quoted).join(' ');
  // A candidate may have a file of that name, on which the patch would not apply.
  const make = [`rm -f ${files}`, `git apply -v - <<'${HEREDOC}'`, `${addition.patch}${HEREDOC}`];
  return [...lines.slice(0, start), ...make, lines[start], region, ...lines.slice(end)].join('\n');
}

/** The test command with the new files behind the last one it names; as it is where it names their folder. */
function withFiles(command: string, { files, known, dialect }: ScriptAddition): string | null {
  const named = known.map((file) => escaped(dialect.directive(file)));
  const word = new RegExp(`(?<!\\S)(?:${named.join('|')})(?:::[^\\s'"]+)?(?=[\\s;]|$)`, 'g');
  const last = named.length === 0 ? undefined : [...command.matchAll(word)].at(-1);
  if (last !== undefined) {
    const at = last.index + last[0].length;
    const added = files.map((file) => ` ${quoted(dialect.directive(file))}`).join('');
    return command.slice(0, at) + added + command.slice(at);
  }
  const words = new Set(command.split(/\s+/).map((one) => one.replace(/\/$/, '')));
  return dialect.name === 'pytest' && files.every((file) => parents(file).some((one) => words.has(one)))
    ? command
    : null;
}

/** Folders that hold a file, the nearest first, without the root. */
function parents(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}

const quoted = (text: string): string =>
  /^[\w./+@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
