/** The test files and ids that a row already has. */
export interface RowTests {
  readonly files: readonly string[];
  readonly ids: readonly string[];
}

/** How one family of test runners, with the log parsers that read it, speaks of tests. */
export interface Dialect {
  readonly name: 'pytest' | 'sympy' | 'django';
  /** How the command line names a test file. */
  directive(file: string): string;
  /** The id under which the log parser reports a test function of a file. */
  testId(file: string, name: string, row: RowTests): string;
  /** What the runner needs below the code of a test. */
  ending(name: string): string;
  /** Output of a test that passes does not disturb the log. */
  readonly capturesOutput: boolean;
}

const PYTEST: Dialect = {
  name: 'pytest',
  directive: (file) => file,
  testId: (file, name, row) => `${file.slice(unnamedPrefix(row).length)}::${name}`,
  ending: () => '',
  capturesOutput: true,
};

/**
 * Its log parser reports passed tests by their bare names, and overlooks the last one of a file: on its line the
 * runner goes on with the result of the file.
 */
const SYMPY: Dialect = {
  name: 'sympy',
  directive: (file) => file,
  testId: (_, name) => name,
  ending: (name) => `\n\ndef ${name}_end():\n    "The log is not read for the last test of a file."\n`,
  capturesOutput: false,
};

const DJANGO_CLASS = 'PatchdiffTest';

const DJANGO: Dialect = {
  name: 'django',
  directive: djangoModule,
  testId: (file, name, { ids }) => {
    const qualified = ids.some((id) => /^(\w+) \([\w.]+\.\1\)$/.test(id));
    return `${name} (${djangoModule(file)}.${DJANGO_CLASS}${qualified ? `.${name}` : ''})`;
  },
  ending: (name) =>
    `\n\nimport unittest\n\n\nclass ${DJANGO_CLASS}(unittest.TestCase):\n    def ${name}(self):\n        ${name}()\n`,
  capturesOutput: false,
};

/** Log parsers of the harness that read what pytest prints. */
const PYTEST_PARSERS: ReadonlySet<string> = new Set([
  ...['pytest', 'pytest_options', 'pytest_v2', 'seaborn', 'matplotlib', 'astroid', 'flask', 'marshmallow'],
  ...[
    'pvlib',
    'pyvista',
    'sqlfluff',
    'xarray',
    'pydicom',
    'requests',
    'pylint',
    'astropy',
    'scikit',
    'sphinx',
  ],
]);

/** The dialect of a row by its log parser or, in rows that name none, its repository; null when it is not known. */
export function dialectOf(logParser: string | undefined, repo: string): Dialect | null {
  const family = logParser === undefined ? repo.split('/').at(-1) : logParser.replace(/^parse_log_/, '');
  if (family === 'sympy') return SYMPY;
  if (family === 'django') return DJANGO;
  return logParser === undefined || PYTEST_PARSERS.has(family ?? '') ? PYTEST : null;
}

/** Folders that the row's own ids leave out of the paths of its test files, as when tests are run from there. */
function unnamedPrefix({ files, ids }: RowTests): string {
  const named = new Set(ids.flatMap((id) => /^([^:\s]+\.py)::/.exec(id)?.[1] ?? []));
  for (const file of files) {
    if (named.has(file)) return '';
    const shorter = [...named].find((path) => file.endsWith(`/${path}`));
    if (shorter !== undefined) return file.slice(0, -shorter.length);
  }
  return '';
}

/** Django's runner imports the modules below `tests/`. */
function djangoModule(file: string): string {
  return file
    .replace(/^tests\//, '')
    .replace(/\.py$/, '')
    .replaceAll('/', '.');
}
