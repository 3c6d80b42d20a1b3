import path from 'node:path';
import type { ReplayBundle } from '../model/replay.js';
import type { RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';
import { fileName } from '../platform/escape/file-name.js';
import { bytesOfText } from '../platform/byte-text.js';
import { writeWhole } from '../platform/write-file.js';
import { harnessInstanceReport, harnessRunReport, isCompleted } from './harness-reports.js';

/**
 * Writes a run in the layout of the harness below `directory`, beside what the harness itself writes there:
 * `logs/patchdiff/RUN_ID/MODEL/INSTANCE/` with `report.json` and `patch.diff`, `logs/patchdiff/RUN_ID/run.json`, and
 * for each submission `patchdiff.MODEL.RUN_ID.json`. Returns the last of these.
 */
export async function writeHarnessLogs(
  directory: string,
  report: RunReport,
  bundleOf: (record: PairRecord) => ReplayBundle | null,
): Promise<string[]> {
  const { run, records, metrics } = report;
  const logs = path.join(directory, 'logs', 'patchdiff', run.id);
  await writeJson(path.join(logs, 'run.json'), {
    dataset: run.dataset.hub?.id ?? run.dataset.path,
    split: run.dataset.hub?.split ?? null,
    task_repo: null,
    created_at: run.startedAt,
  });
  const reports: string[] = [];
  for (const submission of metrics.submissions) {
    const model = harnessName(submission.model);
    for (const record of records.filter((one) => one.model === submission.model)) {
      const bundle = bundleOf(record);
      if (bundle === null || ['empty', 'invalid-row'].includes(record.verdict.outcome)) continue;
      const own = path.join(logs, model, harnessName(record.instanceId));
      await writeWhole(path.join(own, 'patch.diff'), bytesOfText(bundle.prediction.patch ?? ''));
      if (isCompleted(record))
        await writeJson(
          path.join(own, 'report.json'),
          harnessInstanceReport(record, bundle.instance, submission),
        );
    }
    const file = path.join(directory, `patchdiff.${model}.${run.id}.json`);
    await writeJson(file, harnessRunReport(report, submission));
    reports.push(file);
  }
  return reports;
}

/** The harness's name for the folder of a model, where it can be one. */
function harnessName(text: string): string {
  const name = text.replaceAll('/', '__');
  return /^\.*$|[\0\\]/.test(name) ? fileName(text) : name;
}

const writeJson = (file: string, value: object): Promise<void> =>
  writeWhole(file, `${JSON.stringify(value, null, 4)}\n`);
