import { expect, it } from 'vitest';
import { isModuleFor, madeBy } from '../../../../src/environments/compiled/modules.js';
import { isCompiledSource } from '../../../../src/environments/compiled/sources.js';

it.each([
  ['sklearn/tree/_tree.pyx', true],
  ['sklearn/utils/_seq.pxd.tp', true],
  ['src/_path.cpp', true],
  ['sklearn/svm/setup.py', true],
  ['pyproject.toml', true],
  ['pkg/a.py', false],
  ['tests/roots/test-c/index.c', false],
  ['pkg/tests/data.c', false],
  ['docs/c.rst', false],
])('counts %s among compiled sources: %s', (file, expected) => {
  expect(isCompiledSource(file)).toBe(expected);
});

const SUFFIXES = ['.cpython-39-x86_64-linux-gnu.so', '.abi3.so', '.so'];
it.each([
  ['pkg/_a.cpython-39-x86_64-linux-gnu.so', true],
  ['pkg/_a.abi3.so', true],
  ['pkg/_a.so', true],
  ['pkg/_a.cpython-36m-x86_64-linux-gnu.so', false],
  ['pkg/libfoo.so.1', false],
  ['pkg/.so', false],
])('takes %s for a module of Python 3.9: %s', (file, expected) => {
  expect(isModuleFor(file, SUFFIXES)).toBe(expected);
});

it('keeps of a build what belongs beside the sources', () => {
  const made = ['a.py', 'build/lib/a.so', 'p/a.so', 'p/a.c', 'p/a.o', 'p/version.py', 'p.egg-info/PKG-INFO'];
  expect(madeBy(['a.py'], made)).toEqual(['p/a.so', 'p/version.py', 'p.egg-info/PKG-INFO']);
});
