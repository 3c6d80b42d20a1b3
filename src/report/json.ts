import { stringify } from 'safe-stable-stringify';
import { jsonText } from '../platform/escape/json.js';
import type { RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';

/** `report.json`: keys sorted, so that equal reports are equal files. */
export function renderReportJson(report: RunReport): string {
  return `${jsonText(stringify(report, null, 1))}\n`;
}

/** The record of a pair, as `check --format json` prints it. */
export function renderCheckJson(record: PairRecord): string {
  return `${jsonText(stringify(record, null, 1))}\n`;
}
