import { describe, expect, it } from 'vitest';
import { moduleName, topLevelPackages } from '../../../src/python/module-name.js';
import { treeOf } from '../../helpers/trees.js';

describe('moduleName', () => {
  it.each([
    ['pkg/__init__.py', 'pkg'],
    ['pkg/sub/m.py', 'pkg.sub.m'],
    ['single.py', 'single'],
    ['src/lay/m.py', 'lay.m'],
    ['src/ns/pkg/m.py', 'ns.pkg.m'],
    ['mono/one/src/one/m.py', 'one.m'],
    ['pkg/src/m.py', 'pkg.src.m'],
    ['tools/my-script.py', undefined],
    ['setup.py', undefined],
    ['pkg/data.txt', undefined],
  ])('of %s is %s', async (file, expected) => {
    const directory = await treeOf({
      'pkg/__init__.py': '',
      'pkg/sub/__init__.py': '',
      'pkg/src/__init__.py': '',
      'src/lay/__init__.py': '',
      'src/ns/pkg/__init__.py': '',
      'mono/one/pyproject.toml': '',
      'mono/one/src/one/__init__.py': '',
      [file]: '',
    });
    expect(moduleName(directory, file)).toBe(expected);
  });
});

describe('topLevelPackages', () => {
  it('gives packages to import and folders to import from, once each', async () => {
    const files = ['pkg/a.py', 'pkg/sub/b.py', 'src/ns/lib/c.py', 'single.py', 'setup.py'];
    const directory = await treeOf({
      ...Object.fromEntries(files.map((file) => [file, ''])),
      'pkg/__init__.py': '',
      'pkg/sub/__init__.py': '',
      'src/ns/lib/__init__.py': '',
    });
    expect(topLevelPackages(directory, [...files, 'only_on_the_candidate.py'])).toEqual({
      packages: ['pkg', 'ns.lib', 'single'],
      importRoots: ['', 'src'],
    });
  });
});
