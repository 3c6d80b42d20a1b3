import { describe, expect, it } from 'vitest';
import type { Grade } from '../../../src/model/divergence.js';
import { pageData } from '../../../src/page/page-data.js';
import { renderPage } from '../../../src/page/page.js';
import { REPORT_FORMATS, type ReportView } from '../../../src/report/formats.js';
import { renderCheckMarkdown } from '../../../src/report/markdown.js';
import { runReport } from '../../../src/report/run-report.js';
import { renderCheckText } from '../../../src/report/text.js';
import { aDivergence, aRecord, aReport } from '../../helpers/builders.js';

const links = { testPath: () => null, replayCommand: () => null };

/** A run of two submissions, one pair each, whose only divergence has this grade. */
function viewOf(grade: Grade): ReportView {
  const whole = aReport();
  const records = ['m', 'n'].map((model) =>
    aRecord({ model, verdict: { outcome: 'divergent' }, divergences: [aDivergence({ grade })] }),
  );
  const submissions = ['m', 'n'].map((model) => ({
    model,
    files: [],
    submitted: ['demo-1'],
    reported: null,
  }));
  const report = runReport({ ...whole.run, instances: ['demo-1'], submissions }, whole.tool, records);
  return {
    report,
    links,
    sources: () => Promise.resolve(() => ({ file: '/w/p.jsonl', line: 1 })),
    root: '/w',
  };
}

const formats = (Object.keys(REPORT_FORMATS) as (keyof typeof REPORT_FORMATS)[]).filter(
  (format) => format !== 'json' && format !== 'github-outputs',
);

describe('a pair whose differences are all weak', () => {
  it.each(formats)('says so in %s', async (format) => {
    expect(await REPORT_FORMATS[format](viewOf('different-text'))).toContain('weak only');
  });

  it.each(formats.filter((format) => format.includes('annotations') || format === 'csv'))(
    'is not said to be weak in %s where it is not',
    async (format) => {
      expect(await REPORT_FORMATS[format](viewOf('different-value'))).not.toContain('weak only');
    },
  );

  it('says so on the page, in its headline and for the pair', async () => {
    const { report } = viewOf('internal');
    const data = pageData(report, links, () => null);
    expect(data.pairs.map(({ evidence, meaning }) => `${evidence}: ${meaning}`)).toEqual([
      'weak only: differs in ways that may not matter',
      'weak only: differs in ways that may not matter',
    ]);
    expect(await renderPage(report, data, '')).toContain('2 more are weak only');
  });

  it('keeps its verdict in what check prints', () => {
    const [record] = viewOf('contrived').report.records;
    expect(renderCheckText(record!, links)).toMatch(
      /^divergent: weak only, differs in ways that may not matter: /,
    );
    expect(renderCheckMarkdown(record!, links)).toMatch(/^# demo-1: divergent\n\nweak only, /);
  });

  it('is not taken from the rate in the headline', () => {
    const { resolved, weakOnly, strongPlausible } = viewOf('different-text').report.metrics.overall;
    expect([resolved.reported.count, resolved.afterStrongEvidence.count]).toEqual([2, 2]);
    expect([weakOnly.count, strongPlausible.count]).toEqual([2, 0]);
    expect(resolved.inflation.strong).toBe(0);
  });
});
