import { describe, expect, it } from 'vitest';
import { python } from '../../../src/python/language.js';

describe('test code', () => {
  it.each([
    ['pkg/tests/test_a.py', true, true],
    ['a_test.py', true, true],
    ['pkg/tests.py', true, true],
    ['pkg/tests/helpers.py', true, false],
    ['conftest.py', true, false],
    ['pkg/latest.py', false, false],
    ['pkg/test_data.json', false, false],
  ])('knows what %s is', (file, isTest, isCollected) => {
    expect([python.isTestFile(file), python.isTestModule(file)]).toEqual([isTest, isCollected]);
  });

  it('names a test after the module that it tests', () => {
    expect(python.testSubject('a/tests/test_kind.py')).toBe(python.componentName('a/kind.py'));
    expect(python.testSubject('kind_test.py')).toBe('kind');
    expect(python.componentName('a/core/__init__.py')).toBe('core');
  });

  it('sees tests in the text', () => {
    expect(python.definesTests('class A:\n  def test_a(self): pass')).toBe(true);
    expect(python.definesTests('class A(unittest.TestCase): pass')).toBe(true);
    expect(python.definesTests('def a_test(): pass')).toBe(false);
  });
});

describe('mentions', () => {
  it('are of whole words, in any alphabet', () => {
    const mentions = python.mentionOf('kind');
    expect(['x.kind()', 'kind', 'kinds', 'mankind', 'kindé'].map(mentions)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([...python.identifiersIn('été = a1 + 2b')]).toEqual(['été', 'a1', 'b']);
  });

  it('of a constructor are those of its class', () => {
    expect(python.calledName('Box.__init__')).toBe('Box');
    expect(python.calledName('Box.put')).toBe('put');
  });
});

describe('private names', () => {
  it.each([
    ['x._args', true],
    ['from pkg._impl import f', true],
    ['x.__slots', true],
    ['_n = 3\n_n + 1', false],
    ['_n = 3\nx._n', true],
    ['x.__len__()', false],
    ["x['_a']", false],
  ])('in %s: %s', (code, expected) => {
    expect(python.privateNamesIn(code).size > 0).toBe(expected);
  });

  it('are private by another name, too', () => {
    expect([...python.aliasesOfPrivateNames('from m import _f as f, g as h\nimport m as n')]).toEqual(['f']);
  });

  it('of tests and their helpers are for tests to use', () => {
    const prelude = 'from pkg.testutils import _lines, more\nfrom pkg.core import _f';
    expect([...python.helpersOfTests(prelude)]).toEqual(['_lines', 'more']);
  });
});

it('sees a comparison only at the end', () => {
  expect(python.endsInComparison('x = f()\nx == 1')).toBe(true);
  expect(python.endsInComparison('x == 1\nx')).toBe(false);
  expect(python.endsInComparison('')).toBe(false);
});
