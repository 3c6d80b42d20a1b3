import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { RunReport } from '../../src/model/report.js';
import type { Stage } from '../../src/model/events.js';
import { startCli, untilStage, type CliResult } from './cli.js';
import { temporaryDirectory } from './temporary-directory.js';
import { MINI, readReport } from './mini.js';

/** Every stage, by the words that tell that it began for a pair that comes to all of them. */
export const STAGES: readonly (readonly [Stage, string])[] = [
  ...(['prepare', 'gold tests', 'survey'] as const).map((stage) => [stage, `inicfg-2 · ${stage}`] as const),
  ...(['candidate tests', 'observe', 'mutate', 'confirm', 'shrink', 'developer tests'] as const).map(
    (stage) => [stage, `inicfg-2 · beta · ${stage}`] as const,
  ),
];

/** What a run left that a signal stopped. */
export interface Stopped extends CliResult {
  readonly report: RunReport;
  /** Where its temporary files were. */
  readonly scratch: string;
  readonly left: readonly string[];
}

/**
 * Runs an instance, of which one pair is judged at once and the other comes to all stages, and sends a signal as
 * soon as the run tells these words.
 */
export async function stopAt(
  words: string,
  signal: NodeJS.Signals,
  runId: string,
  ...where: readonly string[]
): Promise<Stopped> {
  const [out, scratch] = [await temporaryDirectory(), await temporaryDirectory()];
  const what = ['-i', 'mini__inicfg-2', '--mutants', '200', '--out', out, '--run-id', runId];
  const running = startCli(['run', MINI, ...what, ...where], {
    env: { TMPDIR: scratch, NODE_DEBUG: 'patchdiff' },
  });
  await untilStage(running, words);
  running.kill(signal);
  const { exitCode, stdout, stderr } = await running;
  const report = await readReport(path.join(out, runId, 'report.json'));
  return { exitCode, stdout, stderr, report, scratch, left: await readdir(scratch) };
}

/** What a command says when it ends, without what it said before: of its progress, and of the signal. */
export const lastWords = ({ stderr }: Pick<CliResult, 'stderr'>): string[] =>
  stderr
    .split('\n')
    .filter(
      (line) =>
        !/^(\[\d+\/\d+\] |PATCHDIFF \d+: |local, |docker, |written to |patchdiff: Shutting down)|: \d+ predictions?, /.test(
          line,
        ),
    );
