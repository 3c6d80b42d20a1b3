import path from 'node:path';
import { UserError } from '../../model/errors.js';
import type { RunReport } from '../../model/report.js';
import { pageScript, renderPage } from '../../page/page.js';
import { pageData } from '../../page/page-data.js';
import { renderCsv } from '../../report/csv.js';
import { jobSummary, renderAnnotations, renderOutputs } from '../../report/github.js';
import { renderReportJson } from '../../report/json.js';
import { renderJunit } from '../../report/junit.js';
import { renderLatex } from '../../report/latex.js';
import { renderSummaryMarkdown } from '../../report/markdown.js';
import { renderSarif } from '../../report/sarif.js';
import { renderSummaryText } from '../../report/text.js';
import { LabelFolder } from '../../runs/label-folder.js';
import { readReport } from '../../runs/read-report.js';
import type { RunFolder } from '../../runs/run-folder.js';
import { writeWhole } from '../../platform/write-file.js';
import { linksFrom } from '../../runs/write-report.js';
import { bundles } from '../../app/records/bundles.js';
import { runFolderAt } from '../../app/records/run-folder-at.js';
import type { ArgumentsOf, Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';
import { RUN_ARGUMENT, reportFileOf } from '../options/run-argument.js';

type Render = (report: RunReport, folder: RunFolder) => Promise<string> | string;

const FORMATS = {
  html: async (report, folder) => {
    const bundleOf = await bundles(folder);
    const { labels } = await new LabelFolder(folder.directory).read();
    const data = pageData(report, linksFrom('.', folder, report.records), bundleOf, labels);
    return renderPage(report, data, await pageScript());
  },
  json: renderReportJson,
  markdown: (report, folder) => renderSummaryMarkdown(report, linksFrom('.', folder, report.records)),
  text: renderSummaryText,
  'github-annotations': async (report, folder) => {
    const bundleOf = await bundles(folder);
    return renderAnnotations(report, (record) => bundleOf(record)?.prediction.source ?? null, process.cwd());
  },
  'github-outputs': renderOutputs,
  'github-summary': (report, folder) =>
    jobSummary(renderSummaryMarkdown(report, linksFrom('.', folder, report.records))),
  csv: renderCsv,
  latex: renderLatex,
  junit: (report, folder) => renderJunit(report, linksFrom('.', folder, report.records)),
  sarif: async (report, folder) => {
    const bundleOf = await bundles(folder);
    const links = linksFrom('.', folder, report.records);
    return renderSarif(report, links, (record) => bundleOf(record)?.prediction.source ?? null, process.cwd());
  },
} as const satisfies Record<string, Render>;
type Format = keyof typeof FORMATS;

const OPTIONS = {
  format: {
    choices: Object.keys(FORMATS) as Format[],
    default: 'text' as Format,
    describe: 'How to show the run',
  },
  output: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    describe: 'File to write (default: report.html in the folder of the run for html, else standard output)',
  },
} as const;

type ReportArguments = ArgumentsOf<typeof OPTIONS> & { run: string };

export const reportCommand: Command<ReportArguments> = {
  command: 'report <run>',
  describe: 'Show a run as a page or in another format',
  builder: (argv) =>
    argv
      .positional('run', RUN_ARGUMENT)
      .options(OPTIONS)
      .example('$0 report patchdiff-runs/run --format html', 'Write report.html, which opens in a browser'),
  handler: async (argv, { stdout, stderr }) => {
    const file = reportFileOf(argv.run);
    const report = await readReport(file);
    const directory = path.dirname(file);
    const folder = await runFolderAt(directory);
    const shown = await FORMATS[argv.format](report, folder);
    const output = argv.output ?? (argv.format === 'html' ? path.join(directory, 'report.html') : undefined);
    if (output === undefined) stdout.write(shown);
    else {
      if (path.resolve(output) === file) {
        throw new UserError('usage', `--output ${output} is the report itself`, 'Name another file.');
      }
      await writeWhole(path.resolve(output), shown);
      stderr.write(`written to ${path.relative('.', path.resolve(output))}\n`);
    }
    return EXIT.ok;
  },
};
