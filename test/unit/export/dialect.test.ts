import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../src/export/dialect.js';

const FILE = 'tests/unit/test_f.py';
const NEW = 'tests/unit/test_patchdiff_a.py';

describe(dialectOf, () => {
  it.each([
    ['parse_log_pytest', 'x/y', 'pytest'],
    ['parse_log_scikit', 'x/y', 'pytest'],
    ['parse_log_sympy', 'x/y', 'sympy'],
    ['parse_log_django', 'x/y', 'django'],
    [undefined, 'sympy/sympy', 'sympy'],
    [undefined, 'django/django', 'django'],
    [undefined, 'pallets/flask', 'pytest'],
    ['parse_log_gotest', 'x/y', undefined],
  ])('goes by the log parser %s, else by the repository %s', (parser, repo, name) => {
    expect(dialectOf(parser, repo)?.name).toBe(name);
  });

  it('names a test for pytest as the row names its own', () => {
    const id = (ids: string[]) =>
      dialectOf('parse_log_pytest', '')?.testId(NEW, 'test_a', { files: [FILE], ids });
    expect(id([`${FILE}::test_f`])).toBe(`${NEW}::test_a`);
    expect(id(['unit/test_f.py::T::test_f[a::b]'])).toBe('unit/test_patchdiff_a.py::test_a');
    expect(id(['other.py::test_f', 'test_g'])).toBe(`${NEW}::test_a`);
  });

  it('names a test for sympy by its function, and does not let it be the last of its file', () => {
    const sympy = dialectOf('parse_log_sympy', '')!;
    expect(sympy.testId('sympy/core/tests/test_a.py', 'test_a', { files: [], ids: [] })).toBe('test_a');
    expect(sympy.ending('test_a')).toMatch(/^\n\ndef test_a_\w+\(\):/);
  });

  it('names a test for Django as its Python does, and gives the runner a class', () => {
    const django = dialectOf('parse_log_django', '')!;
    const id = (known: string) =>
      django.testId('tests/forms/test_a.py', 'test_a', { files: [], ids: ['not an id', known] });
    expect(id('test_x (forms.tests.FormsTests)')).toBe('test_a (forms.test_a.PatchdiffTest)');
    expect(id('test_x (forms.tests.FormsTests.test_x)')).toBe('test_a (forms.test_a.PatchdiffTest.test_a)');
    expect(django.directive('tests/forms/test_a.py')).toBe('forms.test_a');
    expect(django.ending('test_a')).toContain('    def test_a(self):\n        test_a()\n');
  });
});
