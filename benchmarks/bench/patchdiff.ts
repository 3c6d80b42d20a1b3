import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import type { RunReport } from '../../src/model/report.js';
import type { BenchArguments } from './arguments.js';
import { ROOT } from './root.js';

/** A finished run and the seconds of wall clock that it took. */
export interface Run {
  readonly report: RunReport;
  readonly seconds: number;
}

/** What a run of patchdiff is given. */
export type Selection = Omit<BenchArguments, 'out' | 'reposDir' | 'python' | 'image'>;

/** Runs the built command line, as a user would, and reads the report that it writes. */
export async function runPatchdiff(selection: Selection): Promise<Run> {
  const { dataset } = selection;
  return inTemporaryFolder(async (folder) => {
    const started = Date.now();
    await patchdiff([
      'run',
      dataset,
      ...runOptions(selection),
      '--out',
      folder,
      '--run-id',
      'bench',
      '--no-reuse',
    ]);
    const seconds = (Date.now() - started) / 1000;
    const report = JSON.parse(await readFile(path.join(folder, 'bench', 'report.json'), 'utf8')) as RunReport;
    return { report, seconds };
  });
}

/** The options of `patchdiff run` for a selection. */
export function runOptions({
  predictions,
  instances,
  workers,
  budget,
  seed,
  forwarded,
}: Selection): string[] {
  return [
    ...predictions.flatMap((file) => ['-p', file]),
    ...instances.flatMap((id) => ['-i', id]),
    ...(budget === undefined ? [] : ['--budget', String(budget)]),
    ...forwarded,
    ...['--seed', String(seed), '-j', String(workers)],
  ];
}

/** Runs the built command line; its progress goes to standard error. */
export async function patchdiff(args: readonly string[]): Promise<void> {
  await execa(process.execPath, [path.join(ROOT, 'bin/patchdiff.js'), ...args], {
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'inherit',
  });
}

/** Gives `work` a new folder, and removes it afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'patchdiff-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
