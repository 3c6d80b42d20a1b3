import { formatPatch, structuredPatch } from 'diff';
import { touchedTestFiles } from '../trees/patch/test-files.js';
import { isFields, type Fields } from './read/raw-record.js';
import { reversedPatch } from './reversed-patch.js';

/** A benchmark of the SWE-bench family whose rows name or hold things differently. */
export interface RowVariant {
  /** As the documentation names it. */
  readonly name: string;
  readonly isOfVariant: (row: Fields) => boolean;
  /** What the row says, under the names of SWE-bench. What the row has under these names itself stays. */
  readonly fields: (row: Fields) => Fields;
}

/** Where the images of SWE-bench Pro have the repository. */
const PRO_WORKDIR = '/app';
/** Owners of the repositories of R2E-Gym, which names them without. */
const R2E_OWNERS: Readonly<Record<string, string>> = {
  ...{ aiohttp: 'aio-libs', bokeh: 'bokeh', coveragepy: 'nedbat', datalad: 'datalad', numpy: 'numpy' },
  ...{ orange3: 'biolab', pandas: 'pandas-dev', pillow: 'python-pillow', pyramid: 'Pylons' },
  ...{ scrapy: 'scrapy', statsmodels: 'statsmodels', sympy: 'sympy', tornado: 'tornadoweb' },
};

/** The table of variants. To read another one, add it here, with a fixture. */
export const ROW_VARIANTS: readonly RowVariant[] = [
  {
    name: 'SWE-bench Pro',
    isOfVariant: ({ dockerhub_tag: tag }) => typeof tag === 'string' && tag !== '',
    fields: ({ dockerhub_tag: tag }) => ({
      image: `jefzda/sweap-images:${String(tag)}`,
      workdir: PRO_WORKDIR,
    }),
  },
  {
    name: 'Multi-SWE-bench',
    isOfVariant: (row) => 'fix_patch' in row && isFields(row['base']),
    fields: (row) => ({
      instance_id: multiSweBenchId(row),
      repo: typeof row['org'] === 'string' ? `${row['org']}/${String(row['repo'])}` : undefined,
      base_commit: isFields(row['base']) ? row['base']['sha'] : undefined,
      patch: row['fix_patch'],
      problem_statement: issuesOf(row),
      FAIL_TO_PASS: ['f2p_tests', 's2p_tests', 'n2p_tests'].flatMap((name) => testsIn(row[name])),
      PASS_TO_PASS: testsIn(row['p2p_tests']),
    }),
  },
  {
    name: 'SWE-PolyBench',
    isOfVariant: (row) => 'F2P' in row || 'P2P' in row,
    fields: ({ F2P, P2P }) => ({ FAIL_TO_PASS: F2P, PASS_TO_PASS: P2P }),
  },
  {
    name: 'SWE-smith',
    isOfVariant: (row) =>
      !('base_commit' in row) && typeof row['repo'] === 'string' && /^swe-?smith\//i.test(row['repo']),
    // The branch of an instance holds the bug that its patch makes, so that the fix is the patch reversed.
    fields: ({ instance_id: id, patch }) => ({
      base_commit: id,
      patch: typeof patch === 'string' ? reversedPatch(patch) : patch,
    }),
  },
  {
    name: 'R2E-Gym',
    isOfVariant: (row) => 'parsed_commit_content' in row && 'commit_hash' in row,
    fields: (row) => {
      const { repo_name: name, commit_hash: commit } = row;
      const parsed = decoded(row['parsed_commit_content']);
      const [patch, testPatch] = patchesOf(isFields(parsed) ? parsed['file_diffs'] : undefined);
      const owner = typeof name === 'string' ? R2E_OWNERS[name.toLowerCase()] : undefined;
      const before = isFields(parsed) ? parsed['old_commit_hash'] : undefined;
      return {
        instance_id: `${String(name)}__${String(commit)}`,
        repo: owner === undefined ? name : `${owner}/${String(name)}`,
        base_commit: typeof before === 'string' ? before : `${String(commit)}^`,
        patch,
        test_patch: testPatch,
        // The tests are named without their files, so that gold's own results are the measure.
        FAIL_TO_PASS: [],
        PASS_TO_PASS: [],
      };
    },
  },
  {
    name: 'Nemotron',
    isOfVariant: (row) => 'golden_patch' in row || isFields(row['responses_create_params']),
    fields: (row) => {
      const params = row['responses_create_params'];
      const metadata = isFields(params) && isFields(params['metadata']) ? params['metadata'] : {};
      const instance = decoded(metadata['instance_dict']);
      const all: Fields = { ...row, ...metadata, ...(isFields(instance) ? instance : {}) };
      const id = all['instance_id'];
      return {
        ...all,
        repo: all['repo'] ?? (typeof id === 'string' ? repositoryIn(id) : undefined),
        patch: all['patch'] ?? all['golden_patch'],
        problem_statement: all['problem_statement'] ?? all['prompt'],
        FAIL_TO_PASS: all['FAIL_TO_PASS'] ?? [],
        PASS_TO_PASS: all['PASS_TO_PASS'] ?? [],
      };
    },
  },
  {
    name: 'SWE-bench Live, SWE-rebench, SWE-Gym',
    isOfVariant: (row) => ['docker_image', 'image_name'].some((name) => name in row),
    fields: (row) => ({ image: row['docker_image'] ?? row['image_name'], workdir: workdirOfRebench(row) }),
  },
];

/** A row of a benchmark of the SWE-bench family with its fields under the names of SWE-bench. */
export function withCommonNames(row: Fields): Fields {
  let named: Fields = { ...row };
  for (const { isOfVariant, fields } of ROW_VARIANTS) {
    if (isOfVariant(row)) named = { ...named, ...missingIn(row, named, fields(row)) };
  }
  const { fail_to_pass: FAIL_TO_PASS, pass_to_pass: PASS_TO_PASS } = row;
  return { ...named, ...missingIn(row, named, { FAIL_TO_PASS, PASS_TO_PASS }) };
}

/** Fields of a variant that mean something else than those of SWE-bench that have the same name. */
const REPLACED = new Set(['patch', 'repo']);

function missingIn(row: Fields, named: Fields, fields: Fields): Fields {
  const isMulti = 'fix_patch' in row && isFields(row['base']);
  const isSmith = fields['base_commit'] !== undefined && fields['base_commit'] === row['instance_id'];
  const used = Object.entries(fields).filter(
    ([name, value]) =>
      !isAbsent(value) && (isAbsent(named[name]) || ((isMulti || isSmith) && REPLACED.has(name))),
  );
  return Object.fromEntries(used);
}

/** SWE-rebench V2 works in `/NAME`; the images of its first version are laid out as those of SWE-bench. */
function workdirOfRebench({ install_config: config, image_name: image, repo }: Fields): string | undefined {
  if (isAbsent(config) || typeof image !== 'string' || image.includes('sweb.eval.')) return undefined;
  return typeof repo === 'string' ? `/${repo.split('/').at(-1) ?? repo}` : undefined;
}

function multiSweBenchId({ org, repo, number }: Fields): string | undefined {
  const isNumber = typeof number === 'number' || typeof number === 'string';
  return typeof org === 'string' && isNumber ? `${org}__${String(repo)}-${number}` : undefined;
}

function issuesOf({ resolved_issues: issues, title, body }: Fields): string {
  const texts = (Array.isArray(issues) && issues.length > 0 ? issues : [{ title, body }]).flatMap(
    (issue: unknown) => (isFields(issue) ? [issue['title'], issue['body']] : []),
  );
  return texts.filter((text) => typeof text === 'string').join('\n\n');
}

/** The names of tests: the keys of an object, or a list. */
function testsIn(value: unknown): unknown[] {
  const tests = decoded(value);
  return Array.isArray(tests) ? (tests as unknown[]) : isFields(tests) ? Object.keys(tests) : [];
}

/** What a text says in JSON; any other value as it is. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The change of product code and that of tests, of the files that a commit of R2E-Gym lists with their content. */
function patchesOf(files: unknown): [string, string] {
  const patches = (Array.isArray(files) ? files : []).map((file: unknown) =>
    isFields(file) ? patchOf(file) : '',
  );
  const isTest = (patch: string) => touchedTestFiles(patch).length > 0;
  return [patches.filter((patch) => !isTest(patch)).join(''), patches.filter(isTest).join('')];
}

function patchOf(file: Fields): string {
  const path = [file['header'], file['plus_file'], file['minus_file']]
    .flatMap((one) => (isFields(one) ? [one['file'], one] : []))
    .flatMap((one) => (isFields(one) ? [one['path']] : []))
    .find((one) => typeof one === 'string' && one !== '/dev/null');
  const { old_file_content: before, new_file_content: after } = file;
  if (typeof path !== 'string' || (typeof before !== 'string' && typeof after !== 'string')) return '';
  const name = path.replace(/^[ab]\//, '');
  const [from, to] = [before, after].map((text, index) =>
    typeof text === 'string' && (text !== '' || index === 1)
      ? `${index === 0 ? 'a' : 'b'}/${name}`
      : '/dev/null',
  );
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const patch = structuredPatch(from ?? name, to ?? name, text(before), text(after), undefined, undefined, {
    context: 3,
  });
  return patch.hunks.length === 0
    ? ''
    : `diff --git a/${name} b/${name}\n${formatPatch(patch).replace(/^=+\n/, '')}`;
}

/** `owner/name` of an id such as `owner__name-12`. */
const repositoryIn = (id: string): string | undefined => {
  const [, owner, name] = /^([\w.-]+?)__([\w.-]+)-\d+$/.exec(id) ?? [];
  return owner === undefined || name === undefined ? undefined : `${owner}/${name}`;
};

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';
