import { describe, expect, it } from 'vitest';
import { chooseTests, EXPORT_GRADES } from '../../../src/export/choose-tests.js';
import { testFileText } from '../../../src/export/portable-test.js';
import type { Grade } from '../../../src/model/divergence.js';
import { aDivergence, answered, aRecord, int } from '../../helpers/builders.js';
import { aTested } from '../../helpers/export-fixtures.js';

const divergent = (model: string, ...divergences: ReturnType<typeof aTested>[]) =>
  aRecord({ model, verdict: { outcome: 'divergent' }, divergences });
const chosenOf = (...args: Parameters<typeof chooseTests>) => chooseTests(...args).tests.get('demo-1') ?? [];

describe(chooseTests, () => {
  it('makes one test of equal ones, described by the strongest and failed by all', () => {
    const weak = divergent('b', aTested('d2'));
    const strong = divergent('a', aTested('d1', { grade: 'unintended-error' }));
    for (const records of [
      [weak, strong],
      [strong, weak],
    ]) {
      const [test, ...others] = chosenOf(records, 'different-value');
      expect(others).toEqual([]);
      expect(test).toMatchObject({ divergence: { grade: 'unintended-error' } });
      expect(test?.witnesses.map(({ model }) => model)).toEqual(['a', 'b']);
    }
  });

  it('names a test by its statements alone', () => {
    const name = (id: string, body?: string) =>
      chosenOf([divergent('a', aTested(id, {}, body))], 'different-value')[0];
    expect(name('d1')?.name).toBe(name('d2')?.name);
    expect(name('d1')?.name).not.toBe(name('d1', 'assert f(2) == 1')?.name);
    expect(name('d1')?.name).toMatch(/^test_patchdiff_[0-9a-f]{10}$/);
    expect(name('d1')?.code).toContain(`def ${name('d1')?.name}():`);
  });

  it('says in the file of a test what it is evidence of, and nothing of the run', () => {
    const [test] = chosenOf(
      [divergent('b', aTested('d1')), divergent('a', aTested('d2'))],
      'different-value',
    );
    const text = testFileText(test!, 'demo-1');
    expect(text).toContain('# demo-1: passes on the gold patch, and failed on a, b\n');
    expect(text).toContain('# class: extra, grade: different-value (patchdiff)\n# gold:  1\n# other: 2\n');
    expect(text).not.toContain('replay');
  });

  it('puts the strongest evidence first', () => {
    const grades: Grade[] = ['different-value', 'regression-on-developer-input', 'unintended-error'];
    const own = grades.map((grade, index) => aTested(`d${index}`, { grade }, `assert f(${index}) == 1`));
    expect(
      chosenOf([divergent('a', ...own)], 'different-value').map(({ divergence }) => divergence.grade),
    ).toEqual(['regression-on-developer-input', 'unintended-error', 'different-value']);
  });

  it('leaves weaker grades out unless they are asked for', () => {
    const records = [divergent('a', aTested('d1', { grade: 'different-text' }))];
    expect(chooseTests(records, 'different-value')).toMatchObject({
      leftOut: [{ instanceId: 'demo-1', model: 'a', divergence: 'd1', reason: 'below-grade' }],
    });
    expect(chosenOf(records, 'different-value')).toEqual([]);
    expect(chosenOf(records, 'different-text')).toHaveLength(1);
  });

  it.each(['internal', 'far-slower', 'gold-suspect'] as const)('never gives what is graded %s', (grade) => {
    const chosen = chooseTests([divergent('a', aTested('d1', { grade }))], 'different-text');
    expect(chosen.tests.size).toBe(0);
    expect(chosen.leftOut).toMatchObject([{ reason: 'never-exported' }]);
    expect(EXPORT_GRADES).not.toContain(grade);
  });

  it('leaves out a divergence without a verified test', () => {
    const unverified = { ...aTested('d2').test!, verified: false };
    const chosen = chooseTests(
      [divergent('a', aDivergence(), aTested('d2', { test: unverified }))],
      'different-value',
    );
    expect(chosen.tests.size).toBe(0);
    expect(chosen.leftOut.map(({ reason }) => reason)).toEqual(['no-test', 'no-test']);
  });

  it('takes from the class what base does where an older record does not say', () => {
    const { source } = aTested('d1').test!;
    const older = (found: 'missing' | 'extra' | 'unclassified') =>
      chosenOf(
        [divergent('a', aTested('d1', { class: found, test: { source, verified: true } }))],
        'different-value',
      );
    expect(older('missing')).toMatchObject([{ passesOnBase: false }]);
    expect(older('extra')).toMatchObject([{ passesOnBase: true }]);
    expect(older('unclassified')).toEqual([]);
  });

  it('knows which tests print where they pass', () => {
    const gold = answered(int(1), { stdout: 'hello\n' });
    const observations = { ...aDivergence().observations, gold };
    expect(chosenOf([divergent('a', aTested('d1', { observations }))], 'different-value')).toMatchObject([
      { prints: true },
    ]);
  });
});
