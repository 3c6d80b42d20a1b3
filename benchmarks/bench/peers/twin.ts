/** The candidate's version of a file, to stand beside gold's in the same package. */
export const twinOf = (file: string): string => file.replace(/\.py$/, '_candidate.py');

/**
 * Makes a module of the candidate import the candidate's version of the other `modules` that were changed:
 * `from pkg.mod import f`, `from .mod import f` and `import pkg.mod as m`.
 */
export function importTwins(source: string, modules: readonly string[]): string {
  return modules.reduce((text, module) => {
    const last = module.split('.').at(-1) ?? module;
    const names = [module.replaceAll('.', '\\.'), `\\.+${last}`].join('|');
    return text.replace(new RegExp(`^(\\s*(?:from|import)\\s+(?:${names}))(?=\\s)`, 'gm'), '$1_candidate');
  }, source);
}
