import path from 'node:path';
import type { RunReport } from '../model/report.js';
import type { Divergence } from '../model/divergence.js';
import type { PairRecord } from '../model/verdict.js';
import type { PairLinks } from '../report/facts.js';
import { renderReportJson } from '../report/json.js';
import { renderSummaryMarkdown } from '../report/markdown.js';
import type { RunFolder } from './run-folder.js';

/** Writes `report.json` and `summary.md` of a run. */
export async function writeReport(folder: RunFolder, report: RunReport): Promise<void> {
  await folder.write(folder.reportFile, renderReportJson(report));
  const links = linksFrom(folder.directory, folder, report.records);
  await folder.write(folder.summaryFile, renderSummaryMarkdown(report, links));
}

/** Paths of tests, relative to `directory`, and replay commands. */
export function linksFrom(directory: string, folder: RunFolder, records: readonly PairRecord[]): PairLinks {
  const owner = (divergence: Divergence) => records.find((one) => one.divergences.includes(divergence));
  return {
    testPath: (divergence) => {
      const record = divergence.test && owner(divergence);
      return record ? path.relative(directory, folder.testFile(record, divergence.id)) : null;
    },
    replayCommand: ({ id }) =>
      `patchdiff replay ${path.relative(process.cwd(), folder.reportFile)} --divergence ${id}`,
  };
}
