import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../../src/metrics/metrics.js';
import { REPORT_FORMATS, type ReportView } from '../../../src/report/formats.js';
import { latex } from '../../../src/platform/escape/latex.js';
import { renderLatex } from '../../../src/report/latex.js';
import { aLabel, aReport } from '../../helpers/builders.js';

const links = { testPath: () => 'tests/test_d1.py', replayCommand: () => 'patchdiff replay report.json' };
const plain = aReport();
const { records, run } = plain;
const labels = [
  aLabel('demo-2', 'incorrect', { note: 'wrong for 1' }),
  aLabel('demo-2', 'incorrect', { reviewer: 'ben' }),
  aLabel('demo-1', 'correct'),
];
const sample = { seed: 0, population: 1, pairs: [{ model: 'm', instanceId: 'demo-2' }] };
const report = {
  ...plain,
  metrics: computeMetrics(records, run.submissions, run.instances, { labels, sample }),
};

const view: ReportView = {
  report,
  links,
  sources: () => Promise.resolve(() => ({ file: '/w/p.jsonl', line: 7 })),
  root: '/w',
};
/** The golden file of each format; null for those that are tested elsewhere. */
const GOLDEN: Readonly<Record<keyof typeof REPORT_FORMATS, string | null>> = {
  json: null,
  markdown: 'report.md',
  text: 'report.txt',
  'github-annotations': null,
  'github-outputs': null,
  'github-summary': null,
  csv: 'report.csv',
  latex: 'report.tex',
  junit: 'report.junit.xml',
  sarif: 'report.sarif',
};

describe('a reviewed run of two submissions (update with vitest -u)', () => {
  const formats = Object.keys(GOLDEN) as (keyof typeof GOLDEN)[];
  it.each(formats.filter((format) => GOLDEN[format] !== null))('is written as %s', async (format) => {
    await expect(await REPORT_FORMATS[format](view)).toMatchFileSnapshot(`golden/${GOLDEN[format] ?? ''}`);
  });
});

it('leaves nothing in a text that LaTeX would obey', () => {
  expect(latex('a_b & 50% \\input{x} #1 $y$ ~^ <"> [*]\n%')).toBe(
    "a\\_b \\& 50\\% \\textbackslash{}input\\{x\\} \\#1 \\$y\\$ \\textasciitilde{}\\textasciicircum{} \\textless{}''\\textgreater{} {[}{*}] \\%",
  );
});

it('keeps a LaTeX comment on its line', () => {
  const evil = { ...report, run: { ...report.run, id: 'a\n\\input{x}\r\\b' } };
  expect(renderLatex(evil).split(/[\n\r]/)[0]).toMatch(/^% a \\input\{x\} \\b: /);
});
