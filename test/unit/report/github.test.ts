import { describe, expect, it } from 'vitest';
import { gate } from '../../../src/metrics/gate.js';
import { jobSummary, renderAnnotations, renderOutputs } from '../../../src/report/github.js';
import { runReport } from '../../../src/report/run-report.js';
import { aDivergence, aRecord, aReport } from '../../helpers/builders.js';

/** A report of that many divergent pairs, the last one with the strongest evidence. */
function divergentReport(count: number) {
  const whole = aReport();
  const ids = Array.from({ length: count }, (_, index) => `demo-${String(index).padStart(2, '0')}`);
  const records = ids.map((instanceId, index) =>
    aRecord({
      instanceId,
      verdict: { outcome: 'divergent' },
      divergences: [aDivergence({ grade: index === count - 1 ? 'different-value' : 'internal' })],
    }),
  );
  const submissions = [{ model: 'm', files: [], submitted: ids, reported: null }];
  return runReport({ ...whole.run, instances: ids, submissions }, whole.tool, records);
}

describe(renderAnnotations, () => {
  it('shows the ten strongest at the lines of their predictions, and counts the others', () => {
    const lines = renderAnnotations(divergentReport(13), () => ({ file: '/w/a:b,c%.jsonl', line: 3 }), '/w')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]).toMatch(
      /^::error file=a%3Ab%2Cc%25\.jsonl,line=3,title=m diverges on demo-12::gives another/,
    );
    expect(lines.slice(1, 10).every((line) => /^::warning .*::weak only: /.test(line))).toBe(true);
    expect(lines[10]).toBe('3 more divergent pairs in the report');
  });
});

describe(renderOutputs, () => {
  it('gives one figure a line', () => {
    const { overall } = aReport().metrics;
    expect(renderOutputs(aReport()).split('\n')).toEqual([
      `resolved-before=${overall.resolved.reported.rate ?? ''}`,
      `resolved-after=${overall.resolved.afterStrongEvidence.rate ?? ''}`,
      `inflation=${overall.resolved.inflation.strong ?? ''}`,
      'strong=1',
      'weak-only=0',
      `expected-incorrect=${overall.expectedIncorrect.expected}`,
      'divergent=1',
      `incomplete=${overall.incomplete.length}`,
      '',
    ]);
  });
});

describe(jobSummary, () => {
  it('leaves what fits, and cuts whole lines of what does not', () => {
    expect(jobSummary('# a\nb\n')).toBe('# a\nb\n');
    const long = Array.from({ length: 200_000 }, (_, index) => `zeile ${index} ü`).join('\n');
    const cut = jobSummary(long);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(1024 * 1024);
    const kept = cut.split('\n').filter((line) => line.startsWith('zeile')).length;
    expect(cut).toContain(`${200_000 - kept} lines more`);
  });
});

describe(gate, () => {
  it.each([
    ['none', 0, true, 0],
    ['strong', 0, false, 1],
    ['strong', 1, true, 1],
    ['divergent', 2, false, 3],
    ['divergent', 3, true, 3],
  ] as const)('%s with %d let through: %s', (failOn, maxDivergent, passed, count) => {
    const sut = gate(divergentReport(3), { failOn, maxDivergent });
    expect([sut.passed, sut.pairs.length]).toEqual([passed, count]);
  });
});
