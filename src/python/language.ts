import type { Canonical } from '../model/observation.js';
import type { Definition, Parameter } from '../model/target.js';
import { onlyAddsImports } from './body-change.js';
import { endsInComparison } from './comparisons.js';
import { findDefinitions } from './definitions.js';
import { areEquivalent, haveSameDocumentation } from './equivalence.js';
import { importedModules } from './imported-modules.js';
import { literalOf, stringLiteral } from './literal.js';
import {
  calledName,
  identifiersIn,
  isGenericName,
  isLoadedByRunners,
  mentionOf,
  readsDocumentation,
  scriptName,
} from './mentions.js';
import { moduleName, topLevelPackages } from './module-name.js';
import { boundNames, freeNames } from './names.js';
import { compatibleSignatures } from './parameters.js';
import { aliasesOfPrivateNames, helpersOfTests, privateNamesIn } from './private-names.js';
import { isPython, loadParser } from './python-parser.js';
import { Relevance, type Program } from './relevance.js';
import { slicePrelude } from './slice.js';
import { isProductCode, isSourceFile, isTestFile, listPythonFiles, readSource } from './source-files.js';
import { encodingOf, sourceText } from './source-text.js';
import { componentName, definesTests, isTestModule, testSubject } from './test-names.js';

/**
 * What the rest of patchdiff asks about the language of the code under test. Finding what changed (`src/change`) and
 * comparing and grading (`src/compare`) know the language only through this interface; `.dependency-cruiser.cjs`
 * checks it.
 *
 * A second language implements this interface, and besides it needs what works on syntax trees or runs code, which no
 * interface could hide:
 * - generators of inputs: seeds from tests, docstrings and issues (`src/inputs/seeds`), what of a seed is observed
 *   (`src/inputs/observables.ts`, `src/inputs/program/blocks.ts`), the mutation operators (`src/inputs/mutate`) and the
 *   programs that record and replay calls (`src/inputs/record-replay.ts`);
 * - the steps by which a program is reduced (`src/reduce`);
 * - the writer of differentiating tests (`src/pytest`);
 * - the exceptions that no caller expects (`src/compare/exceptions.ts`) and how a value reads (`src/compare/render.ts`);
 * - a probe that observes programs of that language (`containers/probe`).
 *
 * Paths of files are POSIX and relative to the directory of their tree. Code is source text.
 */
export interface Language {
  /**
   * Loads what the other functions need, which otherwise happens at the first use.
   * Throws UserError where the parser cannot be loaded on this machine.
   */
  readonly load: () => void;

  // Files of a tree.

  /** Source files of a tree, or of a folder in it; sorted. */
  readonly listFiles: (directory: string, folder?: string) => Promise<string[]>;
  /** Text of a file, without a byte order mark; undefined where the tree has no such file. */
  readonly readSource: (directory: string, file: string) => Promise<string | undefined>;
  /** The text of a file's bytes, in the encoding that it declares. */
  readonly sourceText: (bytes: Uint8Array) => string;
  /** The encoding that a file's bytes declare. */
  readonly encodingOf: (bytes: Uint8Array) => string;
  readonly isSourceFile: (file: string) => boolean;
  /** Whether a file is developer test code, helpers and configuration of tests included. */
  readonly isTestFile: (file: string) => boolean;
  /** Whether a file is source code that is no test. */
  readonly isProductCode: (file: string) => boolean;
  /** Whether test runners collect a file by its name. */
  readonly isTestModule: (file: string) => boolean;
  /** Whether a source defines tests. */
  readonly definesTests: (source: string) => boolean;
  /** What a test file is about, by its name; equal to `componentName` of the file that it tests. */
  readonly testSubject: (testFile: string) => string;
  readonly componentName: (file: string) => string;
  /** The name that other code must mention to load a script at the root; undefined for what is loaded otherwise. */
  readonly scriptName: (file: string) => string | undefined;
  /** Whether test runners or the standard library load a module of a name: one at the root of a tree takes its place. */
  readonly isLoadedByRunners: (name: string) => boolean;

  // Modules.

  /** The name by which a file is imported; undefined where it cannot or should not be. */
  readonly moduleName: (directory: string, file: string) => string | undefined;
  /** What to import before the files are used, and the folders that must be on the search path for it. */
  readonly topLevelPackages: (
    directory: string,
    files: readonly string[],
  ) => { readonly packages: string[]; readonly importRoots: string[] };
  /** Names of the modules that a source imports at its top level. */
  readonly importedModules: (source: string) => string[];
  /** Whether two versions of a module differ in their own statements only by imports added to those of `base`. */
  readonly onlyAddsImports: (base: string, one: string, other: string) => boolean;

  // Definitions.

  /** The functions, methods and classes of a file, and the module itself, each with its tokens. */
  readonly findDefinitions: (file: string, source: string) => Definition[];
  /** Whether every call that fits the required parameters of one signature fits those of the other. */
  readonly compatibleSignatures: (left: readonly Parameter[], right: readonly Parameter[]) => boolean;
  /** The name under which code calls a definition. */
  readonly calledName: (qualname: string) => string;

  // Code.

  /** Whether code has no syntax errors. */
  readonly isValid: (code: string) => boolean;
  /** Whether two sources differ only in what cannot change behaviour. */
  readonly areEquivalent: (left: string, right: string) => boolean;
  /** Whether two equivalent sources also document their definitions in the same words. */
  readonly haveSameDocumentation: (left: string, right: string) => boolean;
  /** Whether code can see how definitions are documented. */
  readonly readsDocumentation: (code: string) => boolean;
  /** Names that code uses without binding them first, builtins included. */
  readonly freeNames: (code: string) => Set<string>;
  /** Names that code binds at its top level. */
  readonly boundNames: (code: string) => Set<string>;
  /** The statements of a module that bind `names`, with all that those need, in order. */
  readonly slicePrelude: (moduleSource: string, file: string, names: Iterable<string>) => string;
  /** Finds the statements of a set-up that matter to what is observed after it; it remembers statements it has read. */
  readonly relevance: () => { readonly statements: (program: Program) => string[] };
  /** The names in code that are private by convention and not its own. */
  readonly privateNamesIn: (code: string) => ReadonlySet<string>;
  /** The public names that code gives to what it imports by private ones. */
  readonly aliasesOfPrivateNames: (code: string) => ReadonlySet<string>;
  /** The names that code imports from tests or their helpers. */
  readonly helpersOfTests: (code: string) => ReadonlySet<string>;
  /** Whether the last statement of a program is a comparison. */
  readonly endsInComparison: (program: string) => boolean;

  // Text.

  /** Every word of a text that could be an identifier. */
  readonly identifiersIn: (text: string) => Set<string>;
  /** Tells of a text whether it mentions a name as a whole word. */
  readonly mentionOf: (name: string) => (text: string) => boolean;
  /** Whether a mention of a name says nothing, since much code has it. */
  readonly isGenericName: (name: string) => boolean;
  /** Code that evaluates to a value of plain data; null for any other value. */
  readonly literalOf: (value: Canonical) => string | null;
  readonly stringLiteral: (text: string) => string;
}

/** The language that patchdiff tests today. */
export const python: Language = {
  load: () => void loadParser(),
  listFiles: listPythonFiles,
  readSource,
  sourceText,
  encodingOf,
  isSourceFile,
  isTestFile,
  isProductCode,
  isTestModule,
  definesTests,
  testSubject,
  componentName,
  scriptName,
  isLoadedByRunners,
  moduleName,
  topLevelPackages,
  importedModules,
  onlyAddsImports,
  findDefinitions,
  compatibleSignatures,
  calledName,
  isValid: isPython,
  areEquivalent,
  haveSameDocumentation,
  readsDocumentation,
  freeNames,
  boundNames,
  slicePrelude,
  relevance: () => new Relevance(),
  privateNamesIn,
  helpersOfTests,
  aliasesOfPrivateNames,
  endsInComparison,
  identifiersIn,
  mentionOf,
  isGenericName,
  literalOf,
  stringLiteral,
};
