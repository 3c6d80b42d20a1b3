import { RUNNER_MODULES } from './runner-modules.js';
import { STDLIB_MODULES } from './stdlib-modules.js';

/** Modules at the root of a tree that tools load by their names. */
const LOADED_BY_NAME = new Set([
  'conftest',
  'noxfile',
  'runtests',
  'setup',
  'sitecustomize',
  'usercustomize',
]);

/** Every word of a text that could be an identifier. */
export const identifiersIn = (text: string): Set<string> => new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu));

/** Tells of a text whether it mentions a name as a whole word. */
export function mentionOf(name: string): (text: string) => boolean {
  const mention = new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'u');
  return (text) => mention.test(text);
}

/** The name under which code calls a definition: its own, and for a constructor that of its class. */
export function calledName(qualname: string): string {
  const parts = qualname.split('.');
  const last = parts.at(-1) ?? '';
  return /^__(init|new|call)__$/.test(last) ? (parts.at(-2) ?? last) : last;
}

/** Whether a name is shared by so much code that a mention of it says nothing: `<module>`, `__init__`. */
export const isGenericName = (name: string): boolean => name.startsWith('<') || /^__\w+__$/.test(name);

/**
 * The module name of a script at the root of a tree, by which other code would have to mention it to load it;
 * undefined for any other file, and for names that tools, test runners or the standard library use themselves.
 */
export function scriptName(file: string): string | undefined {
  const name = /^([A-Za-z_]\w*)\.py$/.exec(file)?.[1];
  return name === undefined || LOADED_BY_NAME.has(name) || isLoadedByRunners(name) ? undefined : name;
}

/** Whether a test runner or the standard library loads a module of that name: another one at the root takes its place. */
export const isLoadedByRunners = (name: string): boolean =>
  STDLIB_MODULES.has(name) || RUNNER_MODULES.has(name);

/** Whether code can see docstrings: it names what gives or runs them. */
export const readsDocumentation = (code: string): boolean =>
  /__doc__|\b(getdoc|cleandoc|pydoc|doctest|docopt|numpydoc|docscrape|help)\b/.test(code);
