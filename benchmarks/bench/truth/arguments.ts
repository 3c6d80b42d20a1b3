import path from 'node:path';
import { parseArgs } from 'node:util';

/** Runs and the truth about their patches. */
export interface TruthArguments {
  /** Files `report.json`, or folders of runs. */
  readonly runs: readonly string[];
  readonly labels: readonly string[];
  /** Folder that the results are written to. */
  readonly out: string;
  /** Whether a fit replaces the weights that the score is computed with. */
  readonly write: boolean;
}

/**
 * Reads a command line: runs, and files of labels after `--labels`, as `*.jsonl` or as an `expected.json`.
 * @throws Error that says what is missing
 */
export function readTruthArguments(argv: readonly string[]): TruthArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      labels: { type: 'string', short: 'l', multiple: true, default: [] },
      out: { type: 'string', default: 'patchdiff-runs/bench' },
      write: { type: 'boolean', default: false },
    },
  });
  const isLabels = (file: string) => file.endsWith('.jsonl') || path.basename(file) === 'expected.json';
  const runs = positionals.filter((file) => !isLabels(file));
  const labels = [...values.labels, ...positionals.filter(isLabels)];
  if (runs.length === 0) throw new Error('Name a report.json or the folder of a run.');
  if (labels.length === 0) throw new Error('Name a file of labels: --labels FILE.jsonl or an expected.json.');
  return { runs, labels, out: values.out, write: values.write };
}
