import { expect, it } from 'vitest';
import { publicImageName, slowdownOf } from '../../../../../src/observe/engine/docker/images.js';

it('names the public image of an instance as the benchmark does', () => {
  expect(publicImageName('sympy__sympy-20590')).toBe(
    'swebench/sweb.eval.x86_64.sympy_1776_sympy-20590:latest',
  );
  expect(publicImageName('Pylint-dev__pylint-1')).toBe(
    'swebench/sweb.eval.x86_64.pylint-dev_1776_pylint-1:latest',
  );
});

it('allows more time only where an image is emulated', () => {
  const image = publicImageName('sympy__sympy-20590');
  expect(slowdownOf('aarch64', ['own:1', image])).toBe(4);
  expect(slowdownOf('aarch64', ['own:1'])).toBe(1);
  expect(slowdownOf('x86_64', [image])).toBe(1);
});
