import { describe, expect, it } from 'vitest';
import { hygieneFlags } from '../../../../src/trees/patch/hygiene.js';

const adding = (file: string) => `--- /dev/null\n+++ b/${file}\n@@ -0,0 +1 @@\n+x\n`;
const changing = (file: string) => `--- a/${file}\n+++ b/${file}\n@@ -1 +1 @@\n-y\n+x\n`;
const flags = (patch: string) => hygieneFlags(patch).map(({ flag }) => flag);

describe(hygieneFlags, () => {
  it.each([
    ['pkg/tests/helpers.py', 'test-file'],
    ['test_repro.py', 'test-file'],
    ['conftest.py', 'conftest'],
    ['pkg/sub/conftest.py', 'conftest'],
    ['setup.cfg', 'test-configuration'],
    ['tox.ini', 'test-configuration'],
    ['pytest.ini', 'test-configuration'],
    ['pyproject.toml', 'test-configuration'],
    ['sitecustomize.py', 'interpreter-startup'],
    ['lib/evil.pth', 'interpreter-startup'],
    ['pkg/__pycache__/x.cpython-39.pyc', 'compiled-code'],
  ])('flags %s as %s', (file, flag) => {
    expect(flags(changing(file))).toEqual([flag]);
  });

  it.each(['random.py', 'json/__init__.py'])(
    'flags a new %s at the root as shadowing the standard library',
    (file) => {
      expect(flags(adding(file))).toEqual(['shadows-stdlib']);
    },
  );

  it.each([changing('random.py'), adding('pkg/random.py'), adding('mypkg.py'), changing('src/latest.py')])(
    'says nothing of ordinary files: %j',
    (patch) => {
      expect(hygieneFlags(patch)).toEqual([]);
    },
  );

  it('gives every flag of a file, and names it', () => {
    expect(hygieneFlags(changing('tests/conftest.py'))).toEqual([
      { file: 'tests/conftest.py', flag: 'test-file' },
      { file: 'tests/conftest.py', flag: 'conftest' },
    ]);
  });

  it('sees tests that are renamed away', () => {
    const patch =
      'diff --git a/tests/test_x.py b/old.txt\nsimilarity index 100%\nrename from tests/test_x.py\nrename to old.txt\n';
    expect(hygieneFlags(patch)).toEqual([{ file: 'old.txt', flag: 'test-file' }]);
  });
});
