import { parsePatch, type PatchedFile } from './parse.js';
import { STDLIB_MODULES } from '../../python/stdlib-modules.js';

/** A file that a candidate touches and that could influence how tests run or are counted. */
export interface HygieneFlag {
  readonly file: string;
  readonly flag:
    | 'test-file'
    | 'conftest'
    | 'test-configuration'
    | 'interpreter-startup'
    | 'compiled-code'
    | 'shadows-stdlib';
}

const CONFIGURATION = new Set([
  ...['pytest.ini', '.pytest.ini', 'pytest.toml', 'tox.ini', 'setup.cfg', 'setup.py', 'pyproject.toml'],
  ...['noxfile.py', '.coveragerc', 'runtests.py', 'bin/test', 'Makefile'],
]);

/** The flags of a patch, in its order; a file may have several. Static: says nothing of intent. */
export function hygieneFlags(patch: string): HygieneFlag[] {
  return parsePatch(patch).flatMap((file) =>
    RULES.filter(([, applies]) => applies(file)).map(([flag]) => ({ file: file.path, flag })),
  );
}

const RULES: readonly (readonly [HygieneFlag['flag'], (file: PatchedFile) => boolean])[] = [
  ['test-file', (file) => isTestFile(file.path) || isTestFile(file.previousPath ?? '')],
  ['conftest', (file) => baseName(file.path) === 'conftest.py'],
  ['test-configuration', (file) => CONFIGURATION.has(file.path) || CONFIGURATION.has(baseName(file.path))],
  ['interpreter-startup', (file) => /(^|\/)((site|user)customize(\.py|\/.*)|[^/]+\.pth)$/.test(file.path)],
  ['compiled-code', (file) => /\.(pyc|pyo|pyd|so|dll|dylib)$/.test(file.path)],
  [
    'shadows-stdlib',
    (file) => (file.kind === 'add' || file.kind === 'rename') && STDLIB_MODULES.has(rootModule(file.path)),
  ],
];

function isTestFile(file: string): boolean {
  return /(^|\/)(tests?|testing)\/.*\.py$|(^|\/)(test_[^/]*|[^/]*_tests?|tests?)\.py$/.test(file);
}

/** The top-level module that a file at the root of the tree defines; empty for any other file. */
function rootModule(file: string): string {
  return /^([A-Za-z]\w*)(?:\.py|\/__init__\.py)$/.exec(file)?.[1] ?? '';
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
