import { describe, expect, it } from 'vitest';
import { cell, code, codeBlock } from '../../../src/platform/escape/markdown.js';
import { renderCheckMarkdown, renderSummaryMarkdown } from '../../../src/report/markdown.js';
import { aDivergence, anInput, answered, aRecord, aReport, str } from '../../helpers/builders.js';

const links = { testPath: () => 'tests/test_d1.py', replayCommand: () => 'patchdiff replay report.json' };

describe('escaping', () => {
  it('keeps text inside its cell', () => {
    expect(cell('a | `b`\n<c> *d*')).toBe(String.raw`a \| \`b\` &lt;c&gt; \*d\*`);
  });

  it('fences code with more backticks than it holds', () => {
    expect(code('a|b')).toBe('`a\\|b`');
    expect(code('a `b`')).toBe('`` a `b` ``');
    expect(codeBlock('```', 'python')).toBe('````python\n```\n````');
  });

  it('leaves every table row with as many cells as its header', () => {
    const hostile = str('a | b `c` | d\ne');
    const observations = { base: answered(hostile), gold: answered(hostile), candidate: answered(str('|')) };
    const record = aRecord({
      instanceId: 'x|y',
      verdict: { outcome: 'divergent' },
      developerFailures: [
        { id: 't[a|b]', file: 't.py', gold: 'passed', candidate: 'failed', message: 'a | b\nc' },
      ],
      divergences: [aDivergence({ observations, input: anInput("f('|')") })],
    });
    const report = { ...aReport(), records: [record] };
    for (const text of [renderCheckMarkdown(record, links), renderSummaryMarkdown(report, links)]) {
      for (const block of text.split('\n\n').filter((part) => part.startsWith('| '))) {
        const widths = block.split('\n').map((row) => row.split(/(?<!\\)\|/).length);
        expect(new Set(widths).size, block).toBe(1);
      }
    }
  });
});

describe('check', () => {
  it('shows verdict, program, answers, test and replay', () => {
    const record = aRecord({ verdict: { outcome: 'divergent' }, divergences: [aDivergence()] });
    const text = renderCheckMarkdown(record, links);
    expect(text).toContain('# demo-1: divergent');
    expect(text).toContain('```python\nf(1)\n```');
    expect(text).toContain('| gold | `1` |\n| candidate | `2` |');
    expect(text).toContain('Test: `tests/test_d1.py`');
    expect(text).toContain('Replay: `patchdiff replay report.json`');
    expect(text).toContain('3 inputs: 3 same + 0 different');
  });
});

describe('summary', () => {
  const text = renderSummaryMarkdown(aReport(), links);

  it('states rates, sums, words and every pair', () => {
    expect(text).toContain('3 of 3, 100.0%<br>43.9% to 100.0%');
    expect(text).toContain('1 consistent + 1 divergent + 1 unverifiable');
    expect(text).toContain('= 3 submitted');
    expect(text).toContain('- **divergent**: at least one difference');
    expect(text).toContain(
      '| demo-3 | m | unverifiable |  |  | the reference passes its tests only sometimes: a \\| b |',
    );
    expect(text).toContain('### demo-2, m');
  });

  it('adds the submissions up when there are several', () => {
    expect(text).toContain('## all submissions');
    expect(text).toContain('= 4 submitted');
  });
});
