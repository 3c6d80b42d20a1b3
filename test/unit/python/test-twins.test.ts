import { describe, expect, it } from 'vitest';
import { withTwins } from '../../../src/python/test-twins.js';

let count = 0;
const twinsOf = (source: string, ...names: string[]) => {
  count = 0;
  return withTwins(source, names, () => `twin_${++count}`);
};

describe(withTwins, () => {
  it('copies a test with its decorators, once as it is and once with another expected value', () => {
    const source = 'import m\n\n@m.mark\ndef test_a():\n    assert m.f(1) == "x"\n\n\ndef test_b(): pass\n';
    const sut = twinsOf(source, 'test_a');
    expect(sut.twins).toEqual([{ original: 'test_a', same: 'twin_1', altered: 'twin_2' }]);
    expect(sut.source).toBe(
      'import m\n\n@m.mark\ndef test_a():\n    assert m.f(1) == "x"\n\n' +
        '@m.mark\ndef twin_1():\n    assert m.f(1) == "x"\n\n' +
        '@m.mark\ndef twin_2():\n    assert m.f(1) == "x~"\n\n\ndef test_b(): pass\n',
    );
  });

  it('keeps methods in their class, and knows assertions of unittest', () => {
    const source = 'class T(Case):\n    def test_a(self):\n        self.assertEqual(f(2), [1, "b"])\n';
    expect(twinsOf(source, 'test_a').source).toContain(
      '\n\n    def twin_2(self):\n        self.assertEqual(f(2), [(1 + 1), "b"])',
    );
  });

  it.each([
    ['assert f(5) == 3', 'assert f(5) == (3 + 1)'],
    ['assert 3 == f(5)', 'assert (3 + 1) == f(5)'],
    ['assert f(5) == x**2', 'assert f(5) == x**(2 + 1)'],
    ["assert f() == b'''a'''", "assert f() == b'''a~'''"],
    ['self.assertListEqual(f(), [1])', 'self.assertListEqual(f(), [(1 + 1)])'],
  ])('changes what %s asks for', (asserts, altered) => {
    const { source } = twinsOf(`def test_a(self):\n    ${asserts}\n`, 'test_a');
    expect(source.split('def twin_2')[1]).toContain(altered);
  });

  it.each([
    'assert f(5) != 3',
    'assert f(5)',
    'self.assertNotEqual(f(), 1)',
    'assert 1 == f() == 1',
    'assert f() == g()',
  ])('alters nothing in %s', (asserts) => {
    expect(twinsOf(`def test_a(self):\n    ${asserts}\n`, 'test_a').twins).toEqual([
      { original: 'test_a', same: 'twin_1' },
    ]);
  });

  it('leaves out tests that the file does not have', () => {
    expect(twinsOf('x = 1\n', 'test_a')).toEqual({ source: 'x = 1\n', twins: [] });
  });
});
