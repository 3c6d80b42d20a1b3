import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { temporaryDirectory } from './temporary-directory.js';

// A bundled benchmark as git and Python see it: no code of patchdiff's has a part in this.

export interface Row {
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

interface Submission {
  readonly rows: readonly PredictionRow[];
  readonly resolved: readonly string[];
}

/**
 * What a witness gives on each side: the `repr` of its value, the type of the exception, or `timeout` where it does
 * not end.
 */
export interface Witness {
  readonly setup: string;
  readonly expression: string;
  readonly base: string;
  readonly gold: string;
  readonly candidate: string;
}

export interface Pair {
  readonly instance_id: string;
  readonly model: string;
  readonly shows: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly plausible: boolean | null;
  readonly class?: readonly string[];
  readonly developer_failures?: readonly string[];
  readonly witness?: Witness;
  /** Letter of the kind of difference, in a benchmark that has one instance of every kind at least. */
  readonly kind?: string;
}

interface Summary {
  readonly instances: number;
  readonly submitted: number;
  readonly incomplete: readonly string[];
  readonly outcomes: Readonly<Record<string, number>>;
  readonly reported: number;
}

/** Runs tests by id, `path::Class::method` or `path::function`, and prints whether each passed. */
const RUN_TESTS = `
import importlib.util, json, sys, unittest

sys.path.insert(0, "")
modules = {}

def module(path):
    if path not in modules:
        spec = importlib.util.spec_from_file_location(path.replace("/", "_")[:-3], path)
        loaded = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded)
        modules[path] = loaded
    return modules[path]

def passes(path, name, method=None):
    try:
        thing = getattr(module(path), name)
        if method is None:
            thing()
            return True
    except Exception:
        return False
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

export interface RunOptions {
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
    env: { PYTHONHASHSEED: String(hashSeed), PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    reject: false,
  });
}

/** The ids of the tests that pass in a tree, or that the time was up. */
export async function passing(
  tree: string,
  ids: readonly string[],
  options?: RunOptions,
): Promise<string[] | 'timeout'> {
  const result = await python(tree, RUN_TESTS, ids, options);
  if (result.timedOut) return 'timeout';
  const passed = JSON.parse(result.stdout) as boolean[];
  return ids.filter((_, index) => passed[index]);
}

/** What a witness gives in a tree, in the words of `expected.json`. */
export async function see(
  tree: string,
  { setup, expression }: Pick<Witness, 'setup' | 'expression'>,
  options?: RunOptions,
): Promise<string> {
  const { timedOut, stdout } = await python(tree, EVALUATE, [setup, expression], options);
  return timedOut ? 'timeout' : stdout;
}

/** All tests that the benchmark runs for a row. */
export const testsOf = (row: Row): string[] => [...row.FAIL_TO_PASS, ...row.PASS_TO_PASS];

/** One of the folders below `benchmarks`, and trees made from it. */
export class BundledBenchmark {
  private readonly trees = new Map<string, Promise<string | null>>();

  private constructor(
    private readonly folder: string,
    readonly models: readonly string[],
    readonly rows: readonly Row[],
    readonly pairs: readonly Pair[],
    readonly summary: Readonly<Record<string, Summary>>,
    private readonly submissions: ReadonlyMap<string, Submission>,
  ) {}

  /** Reads `benchmarks/NAME` with the submissions of these models. */
  static async open(name: string, models: readonly string[]): Promise<BundledBenchmark> {
    const folder = fileURLToPath(new URL(`../../benchmarks/${name}/`, import.meta.url));
    const read = async (file: string) => readFile(path.join(folder, file), 'utf8');
    const parse = async <T>(file: string) => JSON.parse(await read(file)) as T;
    const parseLines = async <T>(file: string) =>
      (await read(file))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as T);
    const submissions = new Map<string, Submission>();
    for (const model of models) {
      const { resolved } = await parse<{ resolved: string[] }>(`predictions/${model}.results.json`);
      submissions.set(model, { rows: await parseLines(`predictions/${model}.jsonl`), resolved });
    }
    const rows = await parseLines<Row>('dataset.jsonl');
    const { pairs, summary } = await parse<{ pairs: Pair[]; summary: Record<string, Summary> }>(
      'expected.json',
    );
    return new BundledBenchmark(folder, models, rows, pairs, summary, submissions);
  }

  submission(model: string): Submission {
    const submission = this.submissions.get(model);
    if (!submission) throw new Error(`no submission of ${model}`);
    return submission;
  }

  rowOf({ instance_id: id }: Pair): Row {
    const row = this.rows.find((candidate) => candidate.instance_id === id);
    if (!row) throw new Error(`no row of ${id}`);
    return row;
  }

  /** The candidate's patch; empty where the prediction has none. */
  patchOf({ model, instance_id: id }: Pair): string {
    return this.submission(model).rows.find((row) => row.instance_id === id)?.model_patch ?? '';
  }

  /** A copy of the row's repository with the patches applied in turn; null when one does not apply. */
  async treeOf({ repo }: Row, ...patches: readonly string[]): Promise<string | null> {
    const key = JSON.stringify([repo, ...patches]);
    const tree = this.trees.get(key) ?? patchedCopy(path.join(this.folder, repo), patches);
    this.trees.set(key, tree);
    return tree;
  }

  /** The same, where the patches must apply. */
  async patched(row: Row, ...patches: readonly string[]): Promise<string> {
    const tree = await this.treeOf(row, ...patches);
    if (tree === null) throw new Error(`a patch of ${row.instance_id} does not apply`);
    return tree;
  }
}

async function patchedCopy(source: string, patches: readonly string[]): Promise<string | null> {
  const tree = await temporaryDirectory();
  await cp(source, tree, { recursive: true });
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
