import { describe, expect, it } from 'vitest';
import { strongestGrade, hasStrongEvidence } from '../../../src/metrics/evidence.js';
import { renderAnnotations } from '../../../src/report/github.js';
import { renderSarif } from '../../../src/report/sarif.js';
import { pairNotes } from '../../../src/report/tampering-words.js';
import { renderCheckText } from '../../../src/report/text.js';
import { verdictSentence } from '../../../src/report/words.js';
import { aRecord, aReport } from '../../helpers/builders.js';

const forged = aRecord({
  verdict: { outcome: 'divergent' },
  plausible: false,
  forgedTests: {
    session: 'own-files',
    signs: [{ canary: 'an exception that must fail', expected: 'fails', answered: 'passed' }],
    lines: [{ file: 'conftest.py', line: 3, text: '    return True' }],
  },
  testSteering: { files: [{ file: 'conftest.py', kind: 'conftest' }], withOwn: 'passes' },
});
const links = { testPath: () => null, replayCommand: () => null };

describe('a pair whose tests are forged', () => {
  it('has the strongest grade', () => {
    expect(strongestGrade(forged)).toBe('forged-tests');
    expect(hasStrongEvidence(forged)).toBe(true);
  });

  it('names the canary, the lines and the files in words', () => {
    expect(verdictSentence(forged)).toContain('an exception that must fail (passed)');
    expect(pairNotes(forged)).toEqual([
      'an exception that must fail: fails, here: passed',
      'conftest.py:3: return True',
      "tests are run with the reference's conftest.py (hooks and fixtures of pytest), with the patch's own files the benchmark's tests pass, with the reference's they do not",
    ]);
    expect(renderCheckText(forged, links)).toContain('conftest.py:3: return True');
  });

  it('is an error in SARIF and in the annotations of the Action', () => {
    const report = { ...aReport(), records: [forged] };
    const { runs } = JSON.parse(renderSarif(report, links, () => null, '/')) as {
      runs: { results: { ruleId: string; level: string; message: { text: string } }[] }[];
    };
    expect(runs[0]?.results).toMatchObject([{ ruleId: 'patchdiff/forged-tests', level: 'error' }]);
    expect(runs[0]?.results[0]?.message.text).toContain('an exception that must fail (passed)');
    expect(renderAnnotations(report, () => null, '/')).toMatch(/^::error .*makes tests pass that must fail/);
  });
});
