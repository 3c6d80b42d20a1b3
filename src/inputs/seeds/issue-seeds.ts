import { BUILTIN_NAMES } from '../../python/builtin-names.js';
import { isImport } from '../../python/imports.js';
import { freeNames } from '../../python/names.js';
import { parsePython } from '../../python/python-parser.js';
import { slicePrelude } from '../../python/slice.js';
import { partsOf } from '../../python/syntax.js';
import type { Seed } from '../../model/input.js';
import { codeOfIssue } from './issue-code.js';
import { joinPreludes } from './prelude.js';
import { splitStatements } from './statements.js';
import { seedsFromTestFile } from './test-seeds.js';

/** How to bind names that an issue uses without importing them. */
export interface IssueContext {
  /** The statement that binds a name, by the name; see `mineImportHints`. */
  readonly importHints: ReadonlyMap<string, string>;
  /** Packages of the repository, which issues often use without importing them. */
  readonly packageNames: readonly string[];
}

const ALIASES: Readonly<Record<string, string>> = {
  np: 'numpy',
  pd: 'pandas',
  plt: 'matplotlib.pyplot',
  xr: 'xarray',
  sns: 'seaborn',
};

/**
 * The code in an issue's text as seeds, one per block and one per call in running text. Names that a block does not
 * bind are bound as in earlier blocks, or else by the hints; `unresolvedNames` tells which remain.
 */
export function seedsFromIssue(text: string, context: IssueContext): Seed[] {
  const seeds = new Map<string, Seed>();
  const before: string[] = [];
  codeOfIssue(text).forEach(({ code, isInline }, index) => {
    if (isInline && code.every((statement) => before.includes(statement))) return;
    const label = `issue block ${index + 1}`;
    const own = seedOf(label, code, before, context);
    const tests = seedsFromTestFile({ file: '', source: code.join('\n') }).map((test) => {
      const whole = [...splitStatements(test.prelude), ...test.setUp, ...test.statements];
      return seedOf(`${label} ${test.label}`, whole, before, context);
    });
    for (const seed of [own, ...tests]) {
      const key = seed.statements.join('\n');
      if (!seeds.has(key)) seeds.set(key, seed);
    }
    if (!isInline) before.push(...code);
  });
  return [...seeds.values()];
}

/** Names that a seed uses although neither it nor Python binds them. */
export function unresolvedNames(seed: Seed): string[] {
  const free = freeNames([seed.prelude, ...seed.statements].join('\n'));
  return [...free].filter((name) => !BUILTIN_NAMES.has(name)).sort();
}

/** The seed with its unresolved names imported from the modules that have them. */
export function withImports(seed: Seed, modules: Readonly<Record<string, string>>): Seed {
  const imports = unresolvedNames(seed).flatMap((name) => {
    const module = Object.hasOwn(modules, name) ? modules[name] : undefined;
    return module === undefined ? [] : [`from ${module} import ${name}`];
  });
  return imports.length === 0 ? seed : { ...seed, prelude: joinPreludes([...imports, seed.prelude]) };
}

function seedOf(
  label: string,
  code: readonly string[],
  before: readonly string[],
  context: IssueContext,
): Seed {
  const unknown = freeNames(code.join('\n'));
  const earlier = splitStatements(slicePrelude(before.join('\n'), '', unknown));
  // Earlier statements may raise, and a prelude that raises ends the seed: only their imports go there.
  const [imports, bindings] = [
    earlier.filter(isImportText),
    earlier.filter((statement) => !isImportText(statement)),
  ];
  const statements = [...bindings, ...code];
  const hints = hintsFor(freeNames([...imports, ...statements].join('\n')), context);
  return {
    id: label.replaceAll(' ', '-'),
    origin: 'issue',
    label,
    prelude: joinPreludes([...hints, ...imports]),
    setUp: [],
    statements,
  };
}

/** Statements that bind the names, each after those that it needs itself. */
function hintsFor(names: Iterable<string>, context: IssueContext): string[] {
  const hints = new Set<string>();
  const pending = new Set<string>();
  const add = (name: string): void => {
    const hint = hintFor(name, context);
    if (hint === undefined || BUILTIN_NAMES.has(name) || hints.has(hint) || pending.has(hint)) return;
    pending.add(hint);
    for (const needed of freeNames(hint)) add(needed);
    hints.add(hint);
  };
  for (const name of names) add(name);
  return [...hints];
}

function hintFor(name: string, { importHints, packageNames }: IssueContext): string | undefined {
  const hint = importHints.get(name);
  if (hint !== undefined) return hint;
  if (packageNames.includes(name)) return `import ${name}`;
  const aliased = Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
  return aliased && `import ${aliased} as ${name}`;
}

function isImportText(statement: string): boolean {
  const node = partsOf(parsePython(statement))[0];
  return node !== undefined && isImport(node);
}
