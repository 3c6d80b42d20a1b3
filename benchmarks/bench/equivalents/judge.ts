import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { STRONG_GRADES } from '../../../src/metrics/evidence.js';
import type { RunReport } from '../../../src/model/report.js';
import { inTemporaryFolder } from '../patchdiff.js';
import { ROOT } from '../root.js';
import { writePair, type SmallPair } from './pairs.js';

/** What patchdiff says of a pair. */
export interface JudgedPair extends Pick<SmallPair, 'kind' | 'name' | 'title'> {
  readonly outcome: string;
  /** Strongest first. */
  readonly grades: readonly string[];
  /** Whether any of them is strong. */
  readonly strong: boolean;
  /** The input of the strongest. */
  readonly input: string;
}

/** How pairs are checked: options of `patchdiff check`. */
export interface CheckOptions {
  readonly budget: number;
  readonly seed: number;
  readonly options: readonly string[];
}

/** Checks a pair with the built command line, as a user would. */
export async function judgePair(
  pair: SmallPair,
  { budget, seed, options }: CheckOptions,
): Promise<JudgedPair> {
  return inTemporaryFolder(async (folder) => {
    const { repository, gold, candidate } = await writePair(pair, folder);
    const sides = ['--repo', repository, '--gold', gold, '--candidate', candidate];
    const limits = ['--budget', String(budget), '--suite-seconds', String(budget), '--seed', String(seed)];
    const out = path.join(folder, 'out');
    const program = [path.join(ROOT, 'bin/patchdiff.js'), 'check', ...sides, ...limits, ...options];
    const ended = await execa(process.execPath, [...program, '-q', '--out', out], { reject: false });
    const report = await readFile(path.join(out, 'check', 'report.json'), 'utf8').catch(() => undefined);
    if (report === undefined)
      throw new Error(`patchdiff check failed on ${pair.kind}/${pair.name}: ${ended.stderr}`);
    const [record] = (JSON.parse(report) as RunReport).records;
    const divergences = record?.divergences ?? [];
    const failures = record === undefined ? [] : [...record.benchmarkFailures, ...record.developerFailures];
    const grades = [
      ...(failures.length > 0 ? ['fails-developer-tests' as const] : []),
      ...divergences.map(({ grade }) => grade),
    ];
    return {
      kind: pair.kind,
      name: pair.name,
      title: pair.title,
      outcome: record?.verdict.outcome ?? 'none',
      grades,
      strong: grades.some((grade) => STRONG_GRADES.includes(grade)),
      input: divergences[0]?.input.source ?? '',
    };
  });
}

/** Whether a pair is judged as it deserves: no strong evidence against one that behaves alike, some against the others. */
export const isRight = ({ kind, strong }: JudgedPair): boolean => strong === (kind === 'wrong');
