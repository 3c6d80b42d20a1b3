import type { SourceLocation } from '../model/instance.js';
import type { RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';
import { renderCsv } from './csv.js';
import type { PairLinks } from './facts.js';
import { jobSummary, renderAnnotations, renderOutputs } from './github.js';
import { renderCheckJson, renderReportJson } from './json.js';
import { renderJunit } from './junit.js';
import { renderLatex } from './latex.js';
import { renderCheckMarkdown, renderSummaryMarkdown } from './markdown.js';
import { renderSarif } from './sarif.js';
import { renderCheckText, renderSummaryText } from './text.js';

/** A run as a renderer gets it. */
export interface ReportView {
  readonly report: RunReport;
  readonly links: PairLinks;
  /** Reads where the prediction of each record stands; asked only by the formats that show it. */
  readonly sources: () => Promise<(record: PairRecord) => SourceLocation | null>;
  /** Directory that shown locations are relative to. */
  readonly root: string;
}

/** Shows a run in one format. */
export type RenderReport = (view: ReportView) => string | Promise<string>;

/**
 * The formats of `patchdiff report` by name, but for `html`, which is a room of its own. To add one, write its
 * renderer beside this file and name it here: the command line offers what this table has.
 */
export const REPORT_FORMATS = {
  json: ({ report }) => renderReportJson(report),
  markdown: ({ report, links }) => renderSummaryMarkdown(report, links),
  text: ({ report }) => renderSummaryText(report),
  'github-annotations': async ({ report, sources, root }) => renderAnnotations(report, await sources(), root),
  'github-outputs': ({ report }) => renderOutputs(report),
  'github-summary': ({ report, links }) => jobSummary(renderSummaryMarkdown(report, links)),
  csv: ({ report }) => renderCsv(report),
  latex: ({ report }) => renderLatex(report),
  junit: ({ report, links }) => renderJunit(report, links),
  sarif: async ({ report, links, sources, root }) => renderSarif(report, links, await sources(), root),
} as const satisfies Readonly<Record<string, RenderReport>>;

/** The formats of `patchdiff check` by name; each shows one pair. */
export const CHECK_FORMATS = {
  text: renderCheckText,
  json: renderCheckJson,
  markdown: renderCheckMarkdown,
} as const satisfies Readonly<Record<string, (record: PairRecord, links: PairLinks) => string>>;
