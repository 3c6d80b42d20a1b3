import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../../src/metrics/metrics.js';
import { latex, renderLatex } from '../../../src/report/latex.js';
import { renderCsv } from '../../../src/report/csv.js';
import { renderJunit } from '../../../src/report/junit.js';
import { renderSummaryMarkdown } from '../../../src/report/markdown.js';
import { renderSarif } from '../../../src/report/sarif.js';
import { renderSummaryText } from '../../../src/report/text.js';
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

describe('a reviewed run of two submissions (update with vitest -u)', () => {
  it.each([
    ['report.tex', renderLatex(report)],
    ['report.md', renderSummaryMarkdown(report, links)],
    ['report.txt', renderSummaryText(report)],
    ['report.csv', renderCsv(report)],
    ['report.junit.xml', renderJunit(report, links)],
    ['report.sarif', renderSarif(report, links, () => ({ file: '/w/p.jsonl', line: 7 }), '/w')],
  ])('is written as %s', async (name, text) => {
    await expect(text).toMatchFileSnapshot(`golden/${name}`);
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
