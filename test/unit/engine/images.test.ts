import { expect, it } from 'vitest';
import { publicImageName } from '../../../src/engine/images.js';

it('names the public image of an instance as the benchmark does', () => {
  expect(publicImageName('sympy__sympy-20590')).toBe(
    'swebench/sweb.eval.x86_64.sympy_1776_sympy-20590:latest',
  );
  expect(publicImageName('Pylint-dev__pylint-1')).toBe(
    'swebench/sweb.eval.x86_64.pylint-dev_1776_pylint-1:latest',
  );
});
