import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../../src/model/report.js';
import { renderPage } from '../../../src/page/page.js';
import { pageData } from '../../../src/page/page-data.js';
import { fileName } from '../../../src/platform/escape/file-name.js';
import { CHECK_FORMATS, REPORT_FORMATS } from '../../../src/report/formats.js';
import { runReport } from '../../../src/report/run-report.js';
import {
  aDivergence,
  anInput,
  answered,
  aRecord,
  aReport,
  object,
  raised,
  str,
} from '../../helpers/builders.js';

/** What would do something where it is shown: to a terminal, a browser, a workflow, a spreadsheet, a typesetter, a parser. */
const HOSTILE = [
  '\x1b]0;OWNED\x07\x1b[2J',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  '\n::set-output name=divergent::0',
  '\r\n::error file=x::OWNED',
  '\n##[error]OWNED',
  "=cmd|'/c calc'!A1",
  '`` ` **[x](javascript:alert(3))** | a |',
  ']]> --> &amp; &lt;',
  '\\input{/etc/passwd} $x$ %',
  '\u0000\ud800\u202e\u2028\x9b31m',
  '../../etc/passwd',
];
const links = { testPath: () => 'tests/a.py', replayCommand: () => 'patchdiff replay r.json' };

/** A report in which everything that a patch, a submission or a dataset can say is one text. */
function reportWith(text: string): RunReport {
  const { run, tool } = aReport();
  const model = `${text}model`;
  const failure = { id: text, file: 'f.py', gold: 'passed', candidate: 'failed', message: text } as const;
  const record = aRecord({
    instanceId: text,
    model,
    verdict: { outcome: 'divergent' },
    benchmarkFailures: [failure],
    developerFailures: [failure],
    leftOut: [text],
    unmatched: [text],
    hygiene: [{ file: text, flag: text }],
    divergences: [
      aDivergence({
        input: anInput(text),
        observations: {
          base: answered(str(text)),
          gold: answered(object(text, text), { stdout: text }),
          candidate: raised(text, text),
        },
      }),
    ],
  });
  const failed = aRecord({
    instanceId: `${text}2`,
    model,
    verdict: { outcome: 'infra-error', detail: text },
  });
  const unjudged = aRecord({
    instanceId: `${text}3`,
    model,
    verdict: { outcome: 'unverifiable', reason: 'gold-flaky', detail: text },
  });
  const records = [record, failed, unjudged];
  const instances = records.map(({ instanceId }) => instanceId);
  const submissions = [
    { model, files: [], submitted: instances, reported: { ids: instances, source: text } },
  ];
  return runReport({ ...run, id: text, engine: text, instances, submissions }, tool, records);
}

const view = (report: RunReport) => ({
  report,
  links,
  sources: () => Promise.resolve(() => ({ file: `${report.run.id}.jsonl`, line: 1 })),
  root: '/',
});
const everyText = HOSTILE.map((text) => [JSON.stringify(text), text] as const);
const TEXTS = [...everyText, ['all of them', HOSTILE.join(' ')] as const];

/** Characters that a terminal acts on. */
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028]/;

describe.each(TEXTS)('shows %s as text', (_, text) => {
  const report = reportWith(text);
  const [record = aRecord()] = report.records;

  it.each(Object.entries(REPORT_FORMATS))(
    'in %s, with nothing that a terminal acts on',
    async (_name, render) => {
      const shown = await render(view(report));
      expect(shown).not.toMatch(CONTROLS);
      expect(shown).not.toContain('##[');
    },
  );

  it.each(Object.entries(CHECK_FORMATS))('in the %s of one pair', (_name, render) => {
    expect(render(record, links)).not.toMatch(CONTROLS);
  });

  it('in logs of workflows, where no line but ours is a command', async () => {
    const ours = await REPORT_FORMATS['github-annotations'](view(report));
    for (const line of ours.trim().split('\n'))
      expect(line).toMatch(/^::(error|warning) (file=[^:,]*,line=1,)?title=[^:,]*::[^:]*$/);
    const others = [
      REPORT_FORMATS.text(view(report)),
      CHECK_FORMATS.text(record, links),
      REPORT_FORMATS['github-outputs'](view(report)),
    ];
    for (const shown of others) expect(shown).not.toMatch(/^\s*::/m);
  });

  it('in Markdown, where nothing of it is HTML', () => {
    for (const shown of [
      REPORT_FORMATS.markdown(view(report)),
      REPORT_FORMATS['github-summary'](view(report)),
      CHECK_FORMATS.markdown(record, links),
    ]) {
      const outsideBlocks = shown.replaceAll(/^(`{3,})python\n[\s\S]*?\n\1$/gm, '');
      expect(outsideBlocks.replaceAll(/<\/?code>|<br>/g, '')).not.toMatch(/<[a-z/!]/i);
      const outsideCode = outsideBlocks.replaceAll(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
      expect(outsideCode).not.toMatch(/(?<!\\)\]\(javascript/);
    }
  });

  it('in XML that can be read', () => {
    const xml = REPORT_FORMATS.junit(view(report));
    expect(new SyntaxValidator().validate(xml)).toBe(true);
    expect(Object.keys(new XMLParser().parse(xml) as object)).toEqual(['?xml', 'testsuites']);
  });

  it('in JSON that holds it unchanged', () => {
    const read = JSON.parse(REPORT_FORMATS.json(view(report))) as RunReport;
    expect(read.records.map(({ model }) => model)).toContain(`${text}model`);
    expect(() => JSON.parse(CHECK_FORMATS.json(record)) as unknown).not.toThrow();
  });

  it('in cells of which none is a formula', () => {
    for (const line of REPORT_FORMATS.csv(view(report)).split('\n'))
      expect(line).not.toMatch(/(^|,)"?[=+@\t]/);
  });

  it('in LaTeX, where none of it is a command', () => {
    const latex = REPORT_FORMATS.latex(view(report)).replaceAll(/^%.*$/gm, '');
    expect(latex).not.toMatch(/\\input|\$x\$/);
  });

  it('on the page, where none of it is an element', async () => {
    const page = await renderPage(
      report,
      pageData(report, links, () => null),
      '',
    );
    expect(page).not.toMatch(/<script>alert|<img src=x/);
  });

  it('in names of files that stay in their folder', () => {
    expect(fileName(text)).toMatch(/^[\w+@=-][\w.+@=-]*$/);
  });
});
