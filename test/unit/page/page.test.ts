import { describe, expect, it } from 'vitest';
import { markup } from '../../../src/platform/escape/html.js';
import { renderPage } from '../../../src/page/page.js';
import { pageData } from '../../../src/page/page-data.js';
import { runReport } from '../../../src/report/run-report.js';
import { aDivergence, aRecord, aReport } from '../../helpers/builders.js';

const links = { testPath: () => null, replayCommand: () => 'patchdiff replay r.json --divergence d' };

describe(markup, () => {
  it('escapes what is put in, and nothing that is HTML already', () => {
    const inner = markup`<b>${'<i>&"\''}</b>`;
    expect(markup`<p title="${'"x"'}">${[inner, inner]} ${1}</p>`.text).toBe(
      '<p title="&quot;x&quot;"><b>&lt;i&gt;&amp;&quot;&#39;</b><b>&lt;i&gt;&amp;&quot;&#39;</b> 1</p>',
    );
  });
});

describe(pageData, () => {
  it('marks in gold and candidate what the other does not have', () => {
    const { pairs } = pageData(aReport(), links, () => null);
    const [divergence] = pairs.find(({ outcome }) => outcome === 'divergent')?.divergences ?? [];
    const marked = (name: string) =>
      divergence?.answers
        .find((one) => one.name === name)
        ?.parts.filter((part) => part.marked)
        .map(({ text }) => text);
    expect(marked('gold')).not.toEqual([]);
    expect(marked('candidate')).not.toEqual(marked('gold'));
  });

  it("says which of the benchmark's tests do not count, and why", () => {
    const report = aReport();
    const [record = aRecord(), ...others] = report.records;
    const records = [{ ...record, leftOut: ['t1'], passOnBase: ['t2'] }, ...others];
    const [pair] = pageData({ ...report, records }, links, () => null).pairs;
    expect(pair?.notes.join()).toMatch(/reference does not pass here: t1,.*without any fix: t2/);
  });
});

describe(renderPage, () => {
  it('is below 2 MB for 500 instances', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `org__project-${1000 + index}`);
    const whole = aReport();
    const random = (seed: number, length: number) =>
      Array.from({ length }, (_, at) => Math.imul(seed + 1, (at + 7) * 2654435761) >>> 0)
        .map((value) => value.toString(36))
        .join(' ');
    const records = ids.map((instanceId, index) =>
      aRecord({
        instanceId,
        verdict: { outcome: 'divergent' },
        divergences: [aDivergence({ id: `d${index}` }), aDivergence({ id: `e${index}` })],
      }),
    );
    const submissions = [{ model: 'm', files: [], submitted: ids, reported: null }];
    const report = runReport({ ...whole.run, instances: ids, submissions }, whole.tool, records);
    const data = pageData(report, links, () => null);
    const instances = Object.fromEntries(
      ids.map((id, index) => [id, { issue: random(index, 250), gold: random(index + 9, 150) }]),
    );
    const page = await renderPage(report, { ...data, instances }, 'script');
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(Buffer.byteLength(page)).toBeGreaterThan(100_000);
  });

  it('lets no text of a run become part of the page', async () => {
    const whole = aReport();
    const evil = '</script><script>alert(1)</script>';
    const report = { ...whole, run: { ...whole.run, id: evil, engine: evil } };
    const page = await renderPage(
      report,
      { pairs: [], instances: { [evil]: { issue: evil, gold: evil } } },
      evil,
    );
    expect(page.split('</script>')).toHaveLength(3);
  });
});
