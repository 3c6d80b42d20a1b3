import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { renderCsv } from '../../../src/report/csv.js';
import { renderJunit } from '../../../src/report/junit.js';
import { renderSarif } from '../../../src/report/sarif.js';
import { runReport } from '../../../src/report/run-report.js';
import { aDivergence, aRecord, aReport } from '../../helpers/builders.js';

const links = { testPath: () => null, replayCommand: () => 'patchdiff replay r.json --divergence d1' };
const report = aReport();
const EVIL = 'a,"b"\n<c>&\u0000\ud800 ]]>';

/** A report of one pair with text that every format has to escape. */
const evil = runReport(
  {
    ...report.run,
    instances: [EVIL],
    submissions: [{ model: EVIL, files: [], submitted: [EVIL], reported: null }],
  },
  report.tool,
  [
    aRecord({
      instanceId: EVIL,
      model: EVIL,
      verdict: { outcome: 'divergent' },
      divergences: [aDivergence()],
      developerFailures: [{ id: EVIL, file: 'f.py', gold: 'passed', candidate: 'failed' }],
    }),
  ],
);

describe(renderCsv, () => {
  it('has a line per pair under the names', () => {
    const [names, ...lines] = renderCsv(report).trim().split('\n');
    expect(names).toBe(
      'instance_id,model,outcome,reason,reported_resolved,plausible,evidence,score,strongest_grade,class,divergences,' +
        'benchmark_failures,developer_failures,developer_tests,developer_tests_of,inputs_tried,inputs_different,inputs_flaky,seconds,same_as',
    );
    expect(lines).toEqual([
      expect.stringMatching(/^demo-1,m,consistent,,true,true,,0\.\d+,,,0,0,0,2,7,3,0,0,10,$/) as string,
      expect.stringMatching(
        /^demo-2,m,divergent,,true,true,strong,0\.\d+,[\w-]+,[\w-]+,1,0,0,2,7,3,0,0,10,$/,
      ) as string,
      'demo-3,m,unverifiable,gold-flaky,true,,,,,,0,0,0,2,7,3,0,0,10,',
      expect.stringMatching(
        /^demo-1,n,consistent,,(true|false),true,,0\.\d+,,,0,0,0,2,7,3,0,0,10,m$/,
      ) as string,
    ]);
  });

  it('quotes what needs it', () => {
    expect(renderCsv(evil)).toContain('"a,""b""\n<c>&');
  });
});

describe(renderJunit, () => {
  const parse = (text: string) =>
    new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      isArray: (name) => /^test(suite|case)$/.test(name),
    }).parse(text) as { testsuites: Record<string, unknown> & { testsuite: Record<string, unknown>[] } };

  it('counts what failed, what was skipped and what passed', () => {
    const { testsuites } = parse(renderJunit(report, links));
    expect(testsuites).toMatchObject({ tests: '4', failures: '1', errors: '0', skipped: '1' });
    expect(testsuites.testsuite).toMatchObject([
      {
        name: 'm',
        tests: '3',
        testcase: [
          { name: 'demo-1', classname: 'm', time: '10.000' },
          {
            name: 'demo-2',
            failure: { type: 'divergent', '#text': expect.stringContaining('replay r.json') as string },
          },
          { name: 'demo-3', skipped: { message: expect.stringContaining('a | b') as string } },
        ],
      },
      { name: 'n', tests: '1' },
    ]);
  });

  it('is XML whatever the texts are', () => {
    expect(SyntaxValidator.validate(renderJunit(evil, links))).toBe(true);
  });
});

describe(renderSarif, () => {
  const parse = (text: string) => JSON.parse(text) as Log;

  it('has a result per divergence, at the line of the prediction', () => {
    const { runs } = parse(renderSarif(report, links, () => ({ file: '/w/p q.jsonl', line: 7 }), '/w'));
    expect(runs[0]).toMatchObject({
      automationDetails: { id: 'patchdiff/demo' },
      results: [
        {
          ruleId: expect.stringMatching(/^patchdiff\//) as string,
          message: { text: expect.stringContaining('m on demo-2') as string },
          partialFingerprints: { 'patchdiff/v1': 'm/demo-2/d1' },
          locations: [
            { physicalLocation: { artifactLocation: { uri: 'p%20q.jsonl' }, region: { startLine: 7 } } },
          ],
        },
      ],
    });
    const rules = runs[0]!.tool.driver.rules!.map(({ id }) => id);
    expect(new Set(rules).size).toBe(rules.length);
    expect(rules[runs[0]!.results![0]!.ruleIndex!]).toBe(runs[0]!.results![0]!.ruleId);
  });

  it('tells failed developer tests too, and says which shard it is', () => {
    const shard = { index: 2, of: 3, selection: 's' };
    const { runs } = parse(renderSarif({ ...evil, run: { ...evil.run, shard } }, links, () => null, '/w'));
    expect(runs[0]!.automationDetails!.id).toBe('patchdiff/demo/2-3');
    expect(runs[0]!.results!.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['patchdiff/fails-developer-tests', 'error'],
      [expect.stringMatching(/^patchdiff\//), expect.stringMatching(/error|warning|note/)],
    ]);
  });
});
