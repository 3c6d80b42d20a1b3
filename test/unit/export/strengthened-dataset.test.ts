import { describe, expect, it } from 'vitest';
import { renderRows, strengthenedDataset } from '../../../src/export/strengthened-dataset.js';
import { renderExportText } from '../../../src/export/export-text.js';
import { aRecord, aReport } from '../../helpers/builders.js';
import { anInstance, aRow, aTested } from '../../helpers/export-fixtures.js';

const { run } = aReport();
const ids = ['demo-1', 'demo-2', 'demo-9'];
const dataset = {
  instances: ids.map((instanceId) => anInstance({ instanceId })),
  rows: ids.map((instance_id) => ({ value: aRow({ instance_id }), source: { file: 'd' }, place: 'd' })),
};
const pair = (instanceId: string, model: string, ...divergences: ReturnType<typeof aTested>[]) =>
  aRecord({ instanceId, model, verdict: { outcome: 'divergent' }, divergences });
const records = [
  pair('demo-1', 'm', aTested('d1'), aTested('d2', { grade: 'internal' }, 'assert f(2) == 1')),
  pair('demo-1', 'n', aTested('d3')),
  pair('demo-3', 'm', aTested('d4')),
];

describe(strengthenedDataset, () => {
  const { rows, summary } = strengthenedDataset({ run, records }, dataset, 'different-value');

  it('has the rows of the run that the dataset has, in its order', () => {
    expect(rows.map((row) => row['instance_id'])).toEqual(['demo-1', 'demo-2']);
  });

  it('says of every test where it is and who must fail it', () => {
    expect(summary.tests).toMatchObject([
      {
        instanceId: 'demo-1',
        list: 'FAIL_TO_PASS',
        grade: 'different-value',
        failedBy: ['m', 'n'],
        divergences: ['d1', 'd3'],
      },
    ]);
  });

  it('accounts for every divergence that gave none', () => {
    expect(summary.leftOut.map(({ divergence, reason }) => [divergence, reason])).toEqual([
      ['d2', 'never-exported'],
      ['d4', 'no-row'],
    ]);
  });

  it('is told in words', () => {
    expect(renderExportText(summary)).toBe(
      [
        '2 rows, 1 of them with 1 test more (different-value or stronger)',
        '  demo-1: FAIL_TO_PASS +1; must fail: m, n',
        '2 divergences left out:',
        '  1 of a grade that a benchmark must not hold against a patch, such as internal or contrived (d2)',
        '  1 of instances that the dataset does not have (d4)',
        '2 rows without eval_script: for harnesses that make their own (before 5.0)',
        '',
      ].join('\n'),
    );
  });
});

describe(renderRows, () => {
  it('writes one line a row, whatever a reader takes for the end of a line', () => {
    const row = { text: 'a\u2028b\u0085c\ud83d\ude00\u007f\u000b' };
    const text = renderRows([row, row]);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([row, row]);
  });
});
