import path from 'node:path';
import { UserError } from '../../model/errors.js';
import type { RunReport } from '../../model/report.js';
import type { PairRecord } from '../../model/verdict.js';
import { pageScript, renderPage } from '../../page/page.js';
import { pageData } from '../../page/page-data.js';
import { REPORT_FORMATS } from '../../report/formats.js';
import { LabelFolder } from '../../runs/label-folder.js';
import { readReport } from '../../runs/read-report.js';
import { RunFolder } from '../../runs/run-folder.js';
import { writeWhole } from '../../platform/write-file.js';
import { linksFrom } from '../../runs/write-report.js';
import { bundles } from '../../app/records/bundles.js';
import type { ArgumentsOf, Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';
import { RUN_ARGUMENT, reportFileOf } from '../options/run-argument.js';

type Format = 'html' | keyof typeof REPORT_FORMATS;
const FORMATS: readonly Format[] = [
  'html',
  ...(Object.keys(REPORT_FORMATS) as (keyof typeof REPORT_FORMATS)[]),
];

const OPTIONS = {
  format: {
    choices: FORMATS,
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
  builder: (argv) =>
    argv
      .positional('run', RUN_ARGUMENT)
      .options(OPTIONS)
      .example('$0 report patchdiff-runs/run --format html', 'Write report.html, which opens in a browser'),
  handler: async (argv, { stdout, stderr }) => {
    const file = reportFileOf(argv.run);
    const report = await readReport(file);
    const directory = path.dirname(file);
    const folder = RunFolder.at(directory);
    const shown = await render(argv.format, report, folder);
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

async function render(format: Format, report: RunReport, folder: RunFolder): Promise<string> {
  const links = linksFrom('.', folder, report.records);
  if (format === 'html') {
    const bundleOf = await bundles(folder);
    const { labels } = await new LabelFolder(folder.directory).read();
    return renderPage(report, pageData(report, links, bundleOf, labels), await pageScript());
  }
  const sources = async () => {
    const bundleOf = await bundles(folder);
    return (record: PairRecord) => bundleOf(record)?.prediction.source ?? null;
  };
  return REPORT_FORMATS[format]({ report, links, sources, root: process.cwd() });
}
