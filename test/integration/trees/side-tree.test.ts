import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRepository, type Repository } from '../../../src/trees/repository.js';
import { prepareSide, type SideRequest } from '../../../src/trees/side-tree.js';
import { commitFiles, makeRepository, userGit, writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { rejected } from '../../helpers/rejected.js';

const files = {
  'pkg/x.py': 'a = 1\nb = 2\n',
  'tests/test_x.py': 'def test_a():\n    pass\n',
  'tests/test_kept.py': 'kept = 1\n',
};
const patch = '--- a/pkg/x.py\n+++ b/pkg/x.py\n@@ -1,2 +1,2 @@\n a = 1\n-b = 2\n+b = 3\n';
const testPatch =
  'diff --git a/tests/test_x.py b/tests/test_x.py\n--- a/tests/test_x.py\n+++ b/tests/test_x.py\n@@ -1,2 +1,2 @@\n def test_a():\n-    pass\n+    assert True\n' +
  'diff --git a/tests/test_new.py b/tests/test_new.py\nnew file mode 100644\n--- /dev/null\n+++ b/tests/test_new.py\n@@ -0,0 +1 @@\n+new = 1\n';
const tested = { 'tests/test_x.py': 'def test_a():\n    assert True\n', 'tests/test_new.py': 'new = 1\n' };

describe(prepareSide, () => {
  let user: { directory: string; commit: string };
  let repository: Repository;
  beforeAll(async () => {
    user = await makeRepository(files);
    await commitFiles(user.directory, { 'pkg/x.py': 'later = 1\n' });
    const opened = await openRepository('o/r', path.join(user.directory, '.git'), 'test');
    repository = opened!;
  });
  const prepare = async (request: Partial<SideRequest>) =>
    prepareSide({
      repository,
      baseCommit: user.commit,
      side: 'candidate',
      patch: '',
      testPatch: '',
      workDirectory: path.join(await temporaryDirectory(), 'side'),
      ...request,
    });
  const ready = async (request: Partial<SideRequest>) => {
    const side = await prepare(request);
    if (side.kind !== 'ready') throw new Error(side.reason);
    return side;
  };
  const read = async (directory: string, file: string) => readFile(path.join(directory, file), 'utf8');

  it('gives the base commit with the patch, the test patch, and no git data', async () => {
    const side = await ready({ patch, testPatch });
    expect(side).toMatchObject({ strategy: 'git-apply', patchedFiles: ['pkg/x.py'] });
    expect(side.tree).toMatchObject({
      side: 'candidate',
      changedFiles: ['pkg/x.py', 'tests/test_new.py', 'tests/test_x.py'],
    });
    expect(await read(side.tree.directory, 'pkg/x.py')).toBe('a = 1\nb = 3\n');
    for (const [file, text] of Object.entries(tested))
      expect(await read(side.tree.directory, file)).toBe(text);
    expect((await readdir(side.tree.directory)).sort()).toEqual(['pkg', 'tests']);
    expect(await readdir(path.dirname(side.tree.directory))).toEqual(['tree']);
  });

  it('has no effect without a patch', async () => {
    const side = await ready({ side: 'base' });
    expect(side).toMatchObject({
      strategy: 'none',
      patchedFiles: [],
      tree: { side: 'base', changedFiles: [] },
    });
  });

  it.each([
    [
      'edits a test',
      '--- a/tests/test_x.py\n+++ b/tests/test_x.py\n@@ -1,2 +1,2 @@\n def test_a():\n-    pass\n+    assert 1\n',
    ],
    ['adds a test of the same name', '--- /dev/null\n+++ b/tests/test_new.py\n@@ -0,0 +1 @@\n+mine = 1\n'],
    [
      'deletes a test',
      'diff --git a/tests/test_x.py b/tests/test_x.py\ndeleted file mode 100644\n--- a/tests/test_x.py\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-def test_a():\n-    pass\n',
    ],
    [
      'puts a directory in the place of a test',
      'diff --git a/tests/test_x.py b/tests/test_x.py/y.py\nsimilarity index 100%\nrename from tests/test_x.py\nrename to tests/test_x.py/y.py\n',
    ],
    [
      'puts a link in the place of a test',
      'diff --git a/tests/test_new.py b/tests/test_new.py\nnew file mode 120000\n--- /dev/null\n+++ b/tests/test_new.py\n@@ -0,0 +1 @@\n+../pkg/x.py\n\\ No newline at end of file\n',
    ],
  ])('puts the benchmark files in place when the candidate %s', async (_, candidate) => {
    const side = await ready({ patch: candidate + patch, testPatch });
    for (const [file, text] of Object.entries(tested))
      expect(await read(side.tree.directory, file)).toBe(text);
    expect(await read(side.tree.directory, 'pkg/x.py')).toBe('a = 1\nb = 3\n');
    expect(side.patchedFiles).toContain('pkg/x.py');
  });

  it('keeps what the candidate does to tests that the test patch does not name', async () => {
    const edit = '--- a/tests/test_kept.py\n+++ b/tests/test_kept.py\n@@ -1 +1 @@\n-kept = 1\n+kept = 2\n';
    const side = await ready({ patch: edit, testPatch });
    expect(await read(side.tree.directory, 'tests/test_kept.py')).toBe('kept = 2\n');
  });

  it('hashes the effect of the own patch, however it is written', async () => {
    const [one, rewritten, other, withTests] = await Promise.all([
      ready({ patch }),
      ready({
        patch: `diff --git a/pkg/x.py b/pkg/x.py\n${patch.replace('@@ -1,2 +1,2 @@\n a = 1\n', '@@ -2,1 +2,1 @@\n')}`,
      }),
      ready({ patch: patch.replace('b = 3', 'b = 4') }),
      ready({ patch, testPatch }),
    ]);
    expect(one.tree.effectHash).toMatch(/^[0-9a-f]{64}$/);
    expect(rewritten.tree.effectHash).toBe(one.tree.effectHash);
    expect(withTests.tree.effectHash).toBe(one.tree.effectHash);
    expect(other.tree.effectHash).not.toBe(one.tree.effectHash);
  });

  it('tells which patch does not apply, and leaves nothing behind', async () => {
    const broken = patch.replace('-b = 2', '-no = 0');
    const workDirectory = path.join(await temporaryDirectory(), 'side');
    expect(await prepare({ patch: broken, workDirectory })).toMatchObject({ kind: 'patch-not-applied' });
    expect(await readdir(workDirectory)).toEqual([]);
    expect(await prepare({ patch, testPatch: broken })).toMatchObject({ kind: 'test-patch-not-applied' });
  });

  it('names repository and commit when the commit is missing', async () => {
    const error = await rejected(prepare({ baseCommit: 'f'.repeat(40) }));
    expect(error).toMatchObject({ code: 'commit-missing' });
    expect(error.message).toMatch(/repository o\/r .* has no commit ffff/);
  });

  it("never touches the user's repository", async () => {
    await writeFiles(user.directory, { 'uncommitted.py': 'mine = 1\n' });
    const before = [
      await userGit(user.directory, 'status', '--porcelain'),
      ...(await gitFiles(user.directory)),
    ];
    await ready({ patch, testPatch });
    expect([
      await userGit(user.directory, 'status', '--porcelain'),
      ...(await gitFiles(user.directory)),
    ]).toEqual(before);
  });

  it('ignores hooks, filters and settings that the repository or the user has', async () => {
    const hostile = await makeRepository({ ...files, '.gitattributes': '*.py filter=evil\n' });
    const marker = path.join(hostile.directory, 'marker');
    await userGit(hostile.directory, 'config', 'filter.evil.smudge', `touch ${marker}; cat`);
    await userGit(hostile.directory, 'config', 'core.fsmonitor', `touch ${marker}`);
    const opened = await openRepository('o/r', path.join(hostile.directory, '.git'), 'test');
    const side = await ready({ repository: opened!, baseCommit: hostile.commit, patch });
    expect(await read(side.tree.directory, 'pkg/x.py')).toBe('a = 1\nb = 3\n');
    expect(existsSync(marker)).toBe(false);
  });

  it('takes a repository with a submodule that is not there', async () => {
    const outer = await makeRepository(files);
    await userGit(outer.directory, 'update-index', '--add', '--cacheinfo', `160000,${'a'.repeat(40)},sub`);
    await userGit(outer.directory, 'commit', '-q', '-m', 'submodule');
    const opened = await openRepository('o/r', path.join(outer.directory, '.git'), 'test');
    const side = await ready({ repository: opened!, baseCommit: 'HEAD', patch });
    expect(side.tree.changedFiles).toEqual(['pkg/x.py']);
  });
});

async function gitFiles(directory: string): Promise<string[]> {
  return (await readdir(path.join(directory, '.git'), { recursive: true })).sort();
}
