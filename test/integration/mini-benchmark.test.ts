import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/git-fixtures.js';

// The bundled benchmark is sound by itself: git and Python say so, no code of patchdiff's has a part in it.

interface Row {
  readonly instance_id: string;
  readonly repo: string;
  readonly patch: string;
  readonly test_patch: string;
  readonly FAIL_TO_PASS: readonly string[];
  readonly PASS_TO_PASS: readonly string[];
}

interface PredictionRow {
  readonly instance_id: string;
  readonly model_name_or_path: string;
  readonly model_patch: string | null;
}

/** What a witness gives on each side: the `repr` of its value, or the type of the exception. */
interface Witness {
  readonly setup: string;
  readonly expression: string;
  readonly base: string;
  readonly gold: string;
  readonly candidate: string;
}

interface Pair {
  readonly instance_id: string;
  readonly model: string;
  readonly shows: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly plausible: boolean | null;
  readonly class?: readonly string[];
  readonly developer_failures?: readonly string[];
  readonly witness?: Witness;
}

interface Summary {
  readonly instances: number;
  readonly submitted: number;
  readonly incomplete: readonly string[];
  readonly outcomes: Readonly<Record<string, number>>;
  readonly reported: number;
}

const MINI = fileURLToPath(new URL('../../benchmarks/mini/', import.meta.url));
const read = async (file: string) => readFile(path.join(MINI, file), 'utf8');
const parse = async <T>(file: string) => JSON.parse(await read(file)) as T;
const parseLines = async <T>(file: string) =>
  (await read(file))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const MODELS = ['alpha', 'beta'] as const;
const rows = await parseLines<Row>('dataset.jsonl');
const { pairs, summary } = await parse<{ pairs: Pair[]; summary: Record<string, Summary> }>('expected.json');
const submissions = new Map<string, { rows: PredictionRow[]; resolved: readonly string[] }>();
for (const model of MODELS) {
  const { resolved } = await parse<{ resolved: string[] }>(`predictions/${model}.results.json`);
  submissions.set(model, { rows: await parseLines(`predictions/${model}.jsonl`), resolved });
}

const rowOf = (id: string) => rows.find((row) => row.instance_id === id)!;
const patchOf = ({ model, instance_id: id }: Pair) =>
  submissions.get(model)!.rows.find((row) => row.instance_id === id)!.model_patch ?? '';
const goldFlakes = (id: string) =>
  pairs.some((pair) => pair.instance_id === id && pair.reason === 'gold-flaky');

/** Runs tests by id, `path::Class::method` or `path::function`, and prints whether each passed. */
const RUN_TESTS = `
import importlib.util, json, sys, unittest

sys.path.insert(0, "")
modules = {}

def module(path):
    if path not in modules:
        spec = importlib.util.spec_from_file_location(path.replace("/", "_")[:-3], path)
        modules[path] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(modules[path])
    return modules[path]

def passes(path, name, method=None):
    thing = getattr(module(path), name)
    if method is None:
        try:
            thing()
        except Exception:
            return False
        return True
    result = unittest.TestResult()
    thing(method).run(result)
    return result.testsRun == 1 and result.wasSuccessful()

print(json.dumps([passes(*test.split("::")) for test in json.loads(sys.argv[1])]))
`;

/** Prints the `repr` of an expression's value, or the type of the exception that it raises. */
const EVALUATE = `
import json, sys

sys.path.insert(0, "")
setup, expression = json.loads(sys.argv[1])
names = {}
exec(setup, names)
try:
    print(repr(eval(expression, names)))
except Exception as error:
    print(type(error).__name__)
`;

interface RunOptions {
  readonly hashSeed?: number;
  readonly seconds?: number;
}

// A launcher that looks for its Python costs more than the tests.
const { stdout: PYTHON } = await execa('python3', ['-c', 'import sys; print(sys.executable)']);

async function python(
  tree: string,
  code: string,
  argument: unknown,
  { hashSeed = 0, seconds = 20 }: RunOptions = {},
) {
  return execa(PYTHON, ['-c', code, JSON.stringify(argument)], {
    cwd: tree,
    env: { PYTHONHASHSEED: String(hashSeed), PYTHONDONTWRITEBYTECODE: '1' },
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    reject: false,
  });
}

/** The ids of the tests that pass, or that the time was up. */
async function passing(
  tree: string,
  ids: readonly string[],
  options?: RunOptions,
): Promise<string[] | 'timeout'> {
  const result = await python(tree, RUN_TESTS, ids, options);
  if (result.timedOut) return 'timeout';
  const passed = JSON.parse(result.stdout) as boolean[];
  return ids.filter((_, index) => passed[index]);
}

const trees = new Map<string, Promise<string | null>>();

/** A copy of the row's repository with the patches applied in turn; null when one does not apply. */
async function treeOf({ repo }: Row, ...patches: readonly string[]): Promise<string | null> {
  const key = JSON.stringify([repo, ...patches]);
  const tree = trees.get(key) ?? patchedCopy(repo, patches);
  trees.set(key, tree);
  return tree;
}

/** The same, where the patches must apply. */
async function patched(row: Row, ...patches: readonly string[]): Promise<string> {
  const tree = await treeOf(row, ...patches);
  if (tree === null) throw new Error(`a patch of ${row.instance_id} does not apply`);
  return tree;
}

async function patchedCopy(repo: string, patches: readonly string[]): Promise<string | null> {
  const tree = await temporaryDirectory();
  await cp(path.join(MINI, repo), tree, { recursive: true });
  for (const input of patches) {
    const { failed } = await execa('git', ['apply', '-'], {
      cwd: tree,
      env: { GIT_CEILING_DIRECTORIES: path.dirname(tree) },
      input,
      reject: false,
    });
    if (failed) return null;
  }
  return tree;
}

const testsOf = (row: Row) => [...row.FAIL_TO_PASS, ...row.PASS_TO_PASS];

/** What passes on gold under two hash seeds. */
async function underBothSeeds(row: Row) {
  const gold = await patched(row, row.patch, row.test_patch);
  return Promise.all([0, 1].map(async (hashSeed) => passing(gold, testsOf(row), { hashSeed })));
}

it('has every prediction of both submissions in expected.json, once', () => {
  const names = (list: readonly { instance_id: string }[], model: string) =>
    list.map(({ instance_id: id }) => `${model} ${id}`);
  const predicted = MODELS.flatMap((model) => names(submissions.get(model)!.rows, model));
  expect(pairs.flatMap((pair) => names([pair], pair.model)).sort()).toEqual(predicted.sort());
  for (const model of MODELS)
    for (const row of submissions.get(model)!.rows) expect(row.model_name_or_path).toBe(model);
});

it.each(MODELS)('adds up what it expects of %s', (model) => {
  const own = pairs.filter((pair) => pair.model === model);
  const submitted = own.map((pair) => pair.instance_id);
  const { outcomes, ...sums } = summary[model]!;
  expect(sums).toMatchObject({
    instances: rows.length,
    submitted: own.length,
    incomplete: rows.map((row) => row.instance_id).filter((id) => !submitted.includes(id)),
    reported: submissions.get(model)!.resolved.length,
  });
  for (const [outcome, count] of Object.entries(outcomes))
    expect([outcome, own.filter((pair) => pair.outcome === outcome).length]).toEqual([outcome, count]);
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(own.length);
});

describe.concurrent('an instance', () => {
  const flaky = rows.filter((row) => goldFlakes(row.instance_id));
  const steady = rows.filter((row) => !flaky.includes(row));

  it.each(rows)('$instance_id keeps PASS_TO_PASS and fails FAIL_TO_PASS before the fix', async (row) => {
    expect(row.FAIL_TO_PASS).not.toEqual([]);
    expect(await passing(await patched(row, row.test_patch), testsOf(row))).toEqual(row.PASS_TO_PASS);
  });

  it.each(steady)('$instance_id passes after the fix, whatever the hash seed', async (row) => {
    expect(await underBothSeeds(row)).toEqual([testsOf(row), testsOf(row)]);
  });

  it.each(flaky)('$instance_id passes after the fix for some hash seeds only', async (row) => {
    const [one, other] = await underBothSeeds(row);
    expect(one).not.toEqual(other);
    for (const passed of [one, other]) expect(passed).toEqual(expect.arrayContaining([...row.PASS_TO_PASS]));
  });

  it('is flaky, one of them', () => {
    expect(flaky).not.toEqual([]);
  });
});

describe.concurrent('a prediction', () => {
  it.each(pairs)('$model on $instance_id is resolved where its submission says so: $shows', async (pair) => {
    const row = rowOf(pair.instance_id);
    const patch = patchOf(pair);
    const loops = pair.reason === 'candidate-timeout';
    const tree = patch === '' ? null : await treeOf(row, patch, row.test_patch);
    const passed = tree === null ? [] : await passing(tree, testsOf(row), loops ? { seconds: 3 } : {});
    const resolved = passed !== 'timeout' && passed.length === testsOf(row).length;
    expect(resolved).toBe(submissions.get(pair.model)!.resolved.includes(pair.instance_id));
    expect({ empty: patch === '', applies: tree !== null, ends: passed !== 'timeout' }).toEqual({
      empty: pair.outcome === 'empty',
      applies: !['empty', 'not-applied'].includes(pair.outcome),
      ends: !loops,
    });
    if (pair.plausible !== null) expect(resolved).toBe(pair.plausible);
  });

  it.each(pairs.filter((pair) => pair.developer_failures))(
    '$model on $instance_id fails developer tests outside the benchmark, which gold passes',
    async (pair) => {
      const row = rowOf(pair.instance_id);
      const tests = pair.developer_failures!;
      expect(tests.filter((test) => testsOf(row).includes(test))).toEqual([]);
      expect(await passing(await patched(row, row.patch), tests)).toEqual(tests);
      expect(await passing(await patched(row, patchOf(pair)), tests)).toEqual([]);
    },
  );

  it.each(pairs.filter((pair) => pair.outcome === 'divergent'))(
    '$model on $instance_id differs from gold as its witness tells',
    async (pair) => {
      const row = rowOf(pair.instance_id);
      const { setup, expression, ...told } = pair.witness!;
      const see = async (...patches: string[]) =>
        (await python(await patched(row, ...patches), EVALUATE, [setup, expression])).stdout;
      const [base, gold, candidate] = await Promise.all([see(), see(row.patch), see(patchOf(pair))]);
      expect({ base, gold, candidate }).toEqual(told);
      expect(candidate).not.toBe(gold);
      if (pair.class) expect(pair.class).toContain(classOf(told));
    },
  );
});

function classOf({ base, gold, candidate }: Record<'base' | 'gold' | 'candidate', string>): string {
  if (base === gold) return 'extra';
  return base === candidate ? 'missing' : 'different';
}
