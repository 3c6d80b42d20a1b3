import { cp, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import type { PairRecord } from '../../src/model/verdict.js';
import { cli } from '../helpers/cli.js';
import { userGit, writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { judgesAllOfMini } from '../helpers/mini-judgement.js';
import { EXPECTED_PAIRS, MINI, readReport } from '../helpers/mini.js';
import { pythonWithPytest } from '../helpers/pytest.js';
import { sharedMini } from '../helpers/shared-mini.js';

let folder: string;
let report: RunReport;

beforeAll(async () => {
  folder = (await sharedMini()).run;
  report = await readReport(path.join(folder, 'report.json'));
});

describe('run benchmarks/mini', () => {
  it('counts every prediction in its summary', async () => {
    const { stdout } = await cli(['report', folder]);
    expect(stdout).toContain(`= ${EXPECTED_PAIRS.length} submitted`);
  });

  judgesAllOfMini(() => report);
});

it('names the tests of a fix that pass without it', async () => {
  const [first] = await lines('dataset.jsonl');
  const passing = first!.PASS_TO_PASS[0]!;
  const row = {
    ...first!,
    repo: path.join(MINI, first!.repo),
    FAIL_TO_PASS: [...first!.FAIL_TO_PASS, passing],
  };
  const directory = await temporaryDirectory();
  await writeFiles(directory, { 'data.jsonl': JSON.stringify(row) });
  const { stdout } = await cli([
    ...['run', path.join(directory, 'data.jsonl'), '-p', path.join(MINI, 'predictions/beta.jsonl')],
    ...['--engine', 'local', '--no-sandbox', '--no-reuse', '--mutants', '200', '--out', directory],
  ]);
  expect(stdout).toContain(
    `${row.instance_id}: FAIL_TO_PASS tests that pass here without any fix: ${passing}`,
  );
});

/** The files of all differentiating tests, by divergence. */
const testFiles = () =>
  report.records.flatMap((record) =>
    record.divergences
      .filter(({ test }) => test)
      .map(({ id }) => ({
        record,
        file: path.join(folder, 'tests', record.model, record.instanceId, `test_${id}.py`),
      })),
  );

describe('the differentiating tests of the run', () => {
  it('are files that compile, one for each divergence that has a test', async () => {
    const files = testFiles().map(({ file }) => file);
    const present = (await readdir(path.join(folder, 'tests'), { recursive: true }))
      .filter((name) => name.endsWith('.py'))
      .map((name) => path.join(folder, 'tests', name));
    expect(files.length).toBeGreaterThan(0);
    expect(present.sort()).toEqual(files.sort());
    const compile = 'import sys\nfor name in sys.argv[1:]: compile(open(name).read(), name, "exec")';
    await execa('python3', ['-c', compile, ...files]);
  });

  it('pass on gold and fail on the candidate under Python alone', async () => {
    for (const { record, file } of strongest()) {
      const trees = await treesOf(record);
      expect(await plainPython(trees.gold, file), file).toBe('passed');
      expect(await plainPython(trees.candidate, file), file).toBe('failed');
    }
  });

  it('pass on gold and fail on the candidate under pytest', async () => {
    const pytest = pythonWithPytest();
    for (const { record, file } of strongest()) {
      const trees = await treesOf(record);
      expect(await underPytest(pytest, trees.gold, file), file).toBe(0);
      expect(await underPytest(pytest, trees.candidate, file), file).toBe(1);
    }
  });
});

/** The first test of each divergent pair. */
const strongest = () => {
  const files = testFiles();
  return files.filter(({ record }, index) => files.findIndex((one) => one.record === record) === index);
};

interface Row {
  readonly instance_id: string;
  readonly repo: string;
  readonly patch: string;
  readonly model_patch: string;
  readonly FAIL_TO_PASS: readonly string[];
  readonly PASS_TO_PASS: readonly string[];
}

const lines = async (file: string) =>
  (await readFile(path.join(MINI, file), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

/** The package with the gold patch and with the candidate's, made with git alone. */
async function treesOf({ instanceId, model }: PairRecord): Promise<{ gold: string; candidate: string }> {
  const find = (rows: Row[]) => rows.find((row) => row.instance_id === instanceId)!;
  const { repo, patch } = find(await lines('dataset.jsonl'));
  const { model_patch: candidate } = find(await lines(`predictions/${model}.jsonl`));
  const tree = async (text: string) => {
    const directory = await temporaryDirectory();
    await cp(path.join(MINI, repo), directory, { recursive: true });
    await writeFiles(directory, { 'the.patch': text });
    await userGit(directory, 'init', '-q');
    await userGit(directory, 'apply', 'the.patch');
    return directory;
  };
  return { gold: await tree(patch), candidate: await tree(candidate) };
}

const RUN = `
import sys
names = {"__name__": "the_test"}
sys.path.insert(0, "")
exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), names)
tests = [value for name, value in names.items() if name.startswith("test_")]
assert len(tests) == 1
try:
    tests[0]()
    print("passed")
except Exception:
    print("failed")
`;

async function plainPython(tree: string, file: string): Promise<string> {
  const { stdout } = await execa('python3', ['-c', RUN, file], { cwd: tree });
  return stdout.split('\n').at(-1)!;
}

async function underPytest(python: string, tree: string, file: string): Promise<number | undefined> {
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', file];
  return (await execa(python, args, { cwd: tree, env: { PYTHONPATH: tree }, reject: false })).exitCode;
}
