import { describe, expect, it } from 'vitest';
import { STRONG_GRADES } from '../../../src/metrics/evidence.js';
import { divergenceClassSchema, GRADES } from '../../../src/model/divergence.js';
import { explainDivergence as sut } from '../../../src/report/sentences.js';
import { aDivergence, anInput, anObservation, answered, int, raised, str } from '../../helpers/builders.js';

const issue = { seed: 'issue-block-1', seedOrigin: 'issue', generator: 'issue' } as const;

describe(sut, () => {
  it('tells a regression by a developer test', () => {
    const input = anInput('mean([1, 2])', { seed: 'test:tests/test_a.py::T.test_mean' });
    expect(sut(aDivergence({ input, grade: 'regression-on-developer-input' }))).toBe(
      'The input calls mean([1, 2]), as the test tests/test_a.py::T.test_mean does. Base and gold answer 1, and the candidate answers 2: this counts as a regression, since base answers as gold does.',
    );
  });

  it('tells what the issue shows and is left unfixed', () => {
    const observations = {
      base: raised('ValueError', 'no'),
      gold: answered(int(1)),
      candidate: raised('ValueError', 'no'),
    };
    const input = anInput('x.y', { ...issue, prefix: ['x = f()'] });
    expect(sut(aDivergence({ input, observations, class: 'missing', grade: 'issue-input-unfixed' }))).toBe(
      'The input then evaluates x.y, as the issue shows it. Base and the candidate raise ValueError: no, and gold answers 1: this counts as part of the issue, since the input is its own code.',
    );
  });

  it('tells what differs where the answers look alike', () => {
    const same = answered(int(1));
    const differences = [{ aspect: 'state', path: 'state rows[0]', left: int(1), right: str('a') }] as const;
    const divergence = aDivergence({
      aspect: 'state',
      differences,
      observations: { base: same, gold: same, candidate: same },
    });
    expect(sut(divergence)).toContain("rows[0] is 1 on base and gold, and 'a' on the candidate afterwards: ");
  });

  it('says of a mutant what it varies, and of a contrived input that nothing shows it', () => {
    const mutant = anInput('f(1)\nf(2)', { ...issue, generator: 'mutation', mutations: ['literal'] });
    expect(sut(aDivergence({ input: mutant }))).toMatch(
      /^The input runs 2 lines that end in f\(2\), a variation of what the issue shows\. /,
    );
    const odd = {
      ...mutant,
      domain: 'contrived',
      outside: 'a value of a kind that no example has there',
    } as const;
    expect(sut(aDivergence({ input: odd, grade: 'contrived' }))).toMatch(
      /shows \(a value of a kind that no example has there\)\. .*: this may not matter, since no test/,
    );
  });

  it('says why it lies in the issue, or beyond it', () => {
    const scope = { kind: 'unfixed', issue: 'in-issue', why: 'the input is from a test of the fix' } as const;
    expect(sut(aDivergence({ class: 'missing', scope }))).toMatch(
      /: this counts as part of the issue, since the input is from a test of the fix\.$/,
    );
    const beyond = { ...scope, issue: 'beyond', why: 'it takes another way' } as const;
    expect(sut(aDivergence({ class: 'missing', grade: 'beyond-the-issue', scope: beyond }))).toMatch(
      /: this may not matter, since it takes another way\.$/,
    );
  });

  const sides = {
    base: anObservation({ kind: 'timeout' }),
    gold: answered(int(1)),
    candidate: anObservation({ kind: 'exited', code: 3 }),
  };
  const every = GRADES.flatMap((grade) =>
    divergenceClassSchema.options.flatMap((kind) =>
      (['outcome', 'stdout', 'internal'] as const).map((aspect) => ({ grade, class: kind, aspect })),
    ),
  );

  it('has two sentences for every grade, class and aspect, and says of each whether it counts', () => {
    for (const one of every) {
      const text = sut(aDivergence({ ...one, observations: sides }));
      expect(text.match(/\. [A-Z]|\.$/g), text).toHaveLength(2);
      const counts = STRONG_GRADES.includes(one.grade)
        ? ': this counts as '
        : ': this may not matter, since ';
      expect(text).toContain(counts);
      expect(text).not.toMatch(/undefined|the evidence is weak/);
    }
  });
});
