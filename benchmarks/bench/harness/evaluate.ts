import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';

/** Version that the export was measured with. */
const PACKAGE = 'swebench==5.0.2';

/** Installs the harness into a new virtual environment; the path of its command. */
export async function installHarness(python: string, folder: string): Promise<string> {
  await execa(python, ['-m', 'venv', folder]);
  await execa(path.join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', PACKAGE]);
  return path.join(folder, 'bin/swebench');
}

/** What the harness said of one submission. */
export interface Evaluation {
  readonly resolved: ReadonlySet<string>;
  /** Instances of which the harness has a report. */
  readonly completed: ReadonlySet<string>;
  /** Ids of failed tests by instance. */
  readonly failed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Wall clock of the command. */
  readonly seconds: number;
}

export interface EvaluationRequest {
  readonly command: string;
  /** Where the harness writes its logs. */
  readonly folder: string;
  readonly dataset: string;
  readonly runId: string;
  readonly workers: number;
  /** Absent: the gold patches. */
  readonly submission?: { readonly model: string; readonly predictions: readonly object[] };
}

type Status = Readonly<Record<string, { readonly failure: readonly string[] }>>;

/** Runs `swebench eval` and reads its reports. */
export async function evaluate(request: EvaluationRequest): Promise<Evaluation> {
  const { command, folder, dataset, runId, workers, submission } = request;
  const model = (submission?.model ?? 'gold').replaceAll('/', '__');
  const chosen = submission ? ['-p', await predictionFile(request, submission.predictions)] : ['--gold'];
  const options = ['--run-id', runId, '-j', String(workers), '-t', '600'];
  const started = Date.now();
  await execa(command, ['eval', dataset, ...chosen, ...options], {
    cwd: folder,
    env: { HF_HUB_OFFLINE: '1' },
    stdin: 'ignore',
    stdout: 'ignore',
  });
  const seconds = (Date.now() - started) / 1000;
  const report = await readJson<{ resolved_ids: string[]; completed_ids: string[] }>(
    path.join(folder, `${model}.${runId}.json`),
  );
  const failed = new Map<string, Set<string>>();
  for (const id of report.completed_ids) {
    const file = path.join(folder, 'logs/run_evaluation', runId, model, id, 'report.json');
    const status = (await readJson<Record<string, { tests_status?: Status }>>(file))[id]?.tests_status ?? {};
    failed.set(id, new Set(Object.values(status).flatMap(({ failure }) => failure)));
  }
  return {
    resolved: new Set(report.resolved_ids),
    completed: new Set(report.completed_ids),
    failed,
    seconds,
  };
}

async function predictionFile(
  { folder, runId }: EvaluationRequest,
  rows: readonly object[],
): Promise<string> {
  const file = path.join(folder, `${runId}.predictions.jsonl`);
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, 'utf8')) as T;
