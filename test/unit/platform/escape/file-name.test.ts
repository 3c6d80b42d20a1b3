import { describe, expect, it } from 'vitest';
import { fileName } from '../../../../src/platform/escape/file-name.js';

describe(fileName, () => {
  it('keeps what is a file name already', () => {
    expect(fileName('sympy__sympy-21614')).toBe('sympy__sympy-21614');
  });

  it.each(['a/b', '../x', '..', '.hidden', 'claude 3: x', 'x'.repeat(300), ''])(
    'makes a safe name of %j',
    (text) => {
      const sut = fileName(text);
      expect(sut).toMatch(/^[\w+@=-][\w.+@=-]{0,140}$/);
    },
  );

  it('never gives two texts the same name', () => {
    const names = ['a/b', 'a__b', 'a b', 'a_b', 'a:b'].map(fileName);
    expect(new Set(names).size).toBe(names.length);
  });
});
