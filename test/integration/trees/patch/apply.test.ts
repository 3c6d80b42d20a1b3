import { existsSync } from 'node:fs';
import { readFile, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { applyPatch } from '../../../../src/trees/patch/apply.js';
import { snapshot, type GitTree } from '../../../../src/trees/git/git-tree.js';
import { commitFiles, makeRepository, makeTree, userGit } from '../../../helpers/git-fixtures.js';

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');
const files = {
  'pkg/x.py': 'a = 1\nb = 2\nc = 3\n',
  'pkg/long.py': numbered(30),
  'pkg/dos.py': 'a = 1\r\nb = 2\r\n',
  'old.py': 'gone = 1\n',
  'i.bin': 'x',
  '.gitignore': '*.log\nbuild/\n',
  '.gitattributes': '*.py text eol=crlf ident\n',
};
const change = '--- a/pkg/x.py\n+++ b/pkg/x.py\n@@ -1,3 +1,3 @@\n a = 1\n-b = 2\n+b = 20\n c = 3\n';
const git = (body: string) => `diff --git a/pkg/x.py b/pkg/x.py\n${body}`;

describe(applyPatch, () => {
  let tree: GitTree;
  let before: string;
  beforeEach(async () => {
    tree = await makeTree(files);
    before = await snapshot(tree);
  });
  const content = async (file: string) => readFile(path.join(tree.directory, file), 'utf8');
  const strategyOf = async (patch: string) => {
    const result = await applyPatch(tree, patch);
    return result.kind === 'applied' ? result.strategy : result.reason;
  };
  const expectUntouched = async () => {
    expect(await snapshot(tree)).toBe(before);
  };

  it('takes an empty patch as it is', async () => {
    expect(await strategyOf('\n')).toBe('none');
    await expectUntouched();
  });

  it.each([
    ['with git headers', git(change)],
    ['without git headers', change],
    ['without the final newline', change.trimEnd()],
    ['in CRLF', change.replaceAll('\n', '\r\n')],
  ])('applies a patch %s with plain git apply', async (_, patch) => {
    expect(await strategyOf(patch)).toBe('git-apply');
    expect(await content('pkg/x.py')).toBe('a = 1\nb = 20\nc = 3\n');
  });

  it('applies a patch in CRLF to a file in CRLF and keeps its line ends', async () => {
    const patch = '--- a/pkg/dos.py\n+++ b/pkg/dos.py\n@@ -1,2 +1,2 @@\n a = 1\n-b = 2\n+b = 20\n';
    expect(await strategyOf(patch.replaceAll('\n', '\r\n'))).toBe('git-apply');
    expect(await content('pkg/dos.py')).toBe('a = 1\r\nb = 20\r\n');
  });

  it('adds, deletes and renames files, ignored ones too', async () => {
    const patch = [
      'diff --git a/build/new.py b/build/new.py\nnew file mode 100755\n--- /dev/null\n+++ b/build/new.py\n@@ -0,0 +1 @@\n+n = 1\n',
      'diff --git a/old.py b/old.py\ndeleted file mode 100644\n--- a/old.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-gone = 1\n',
      'diff --git a/pkg/x.py b/pkg/y.py\nsimilarity index 100%\nrename from pkg/x.py\nrename to pkg/y.py\n',
    ].join('');
    const result = await applyPatch(tree, patch);
    expect(result).toMatchObject({
      kind: 'applied',
      strategy: 'git-apply',
      changes: [
        { path: 'build/new.py', kind: 'added', mode: '100755' },
        { path: 'old.py', kind: 'deleted', mode: null },
        { path: 'pkg/x.py', kind: 'deleted', mode: null },
        { path: 'pkg/y.py', kind: 'added', mode: '100644' },
      ],
    });
    expect(existsSync(path.join(tree.directory, 'old.py'))).toBe(false);
    expect(await content('pkg/y.py')).toBe(files['pkg/x.py']);
  });

  it('merges three ways when the patch was made on another version that git knows', async () => {
    const { directory } = await makeRepository({ 'f.py': numbered(12) });
    const moved = numbered(12).replace('line 5\n', 'line five\n');
    await commitFiles(directory, { 'f.py': moved });
    await commitFiles(directory, { 'f.py': moved.replace('line 7\n', 'line 7, changed\n') });
    const patch = await userGit(directory, 'diff', '--full-index', 'HEAD~1', 'HEAD');
    tree = await makeTree({ 'f.py': numbered(12), 'as-it-was.py': moved });
    expect(await strategyOf(`${patch}\n`)).toBe('git-apply-3way');
    expect(await content('f.py')).toBe(numbered(12).replace('line 7\n', 'line 7, changed\n'));
  });

  it('falls back to patch with fuzz, and leaves neither backup nor reject behind', async () => {
    const patch = '--- a/pkg/x.py\n+++ b/pkg/x.py\n@@ -1,3 +1,3 @@\n a = 111\n-b = 2\n+b = 20\n c = 333\n';
    expect(await strategyOf(patch)).toBe('patch-fuzz');
    expect(await content('pkg/x.py')).toBe('a = 1\nb = 20\nc = 3\n');
    expect((await readdir(path.join(tree.directory, 'pkg'))).sort()).toEqual(['dos.py', 'long.py', 'x.py']);
  });

  it('takes a patch that is there already', async () => {
    await applyPatch(tree, change);
    expect(await strategyOf(change)).toBe('already-applied');
    expect(await content('pkg/x.py')).toBe('a = 1\nb = 20\nc = 3\n');
  });

  it('rejects a patch of which one hunk does not fit, names it, and restores every file', async () => {
    const patch =
      '--- a/pkg/long.py\n+++ b/pkg/long.py\n@@ -1,2 +1,2 @@\n-line 1\n+LINE 1\n line 2\n@@ -20,3 +20,3 @@\n nothing\n-of this\n+is\n there\n' +
      '--- /dev/null\n+++ b/made.log\n@@ -0,0 +1 @@\n+x\n';
    const reason = await strategyOf(patch);
    expect(reason).toContain('patch failed: pkg/long.py:20');
    expect(reason).toContain('pkg/long.py: hunk 2 rejected');
    await expectUntouched();
    expect(existsSync(path.join(tree.directory, 'made.log'))).toBe(false);
  });

  it('rejects prose', async () => {
    expect(await strategyOf('I could not solve it.')).toMatch(/No valid patches in input/);
  });

  it.each([
    ['../evil.py', 'escapes the tree: ../evil.py'],
    ['/tmp/evil.py', 'escapes the tree: /tmp/evil.py'],
    ['.git/hooks/pre-commit', "writes into git's own data: .git/hooks/pre-commit"],
  ])('rejects a patch that adds %s', async (file, reason) => {
    const target = file.startsWith('/') ? file : `b/${file}`;
    expect(await strategyOf(`${change}--- /dev/null\n+++ ${target}\n@@ -0,0 +1 @@\n+x\n`)).toBe(reason);
    await expectUntouched();
    expect(existsSync(path.join(tree.directory, '..', 'evil.py'))).toBe(false);
  });

  it('rejects a symbolic link out of the tree, and takes one that stays inside', async () => {
    const link = (target: string) =>
      `diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+${target}\n\\ No newline at end of file\n`;
    expect(await strategyOf(link('../..'))).toBe('escapes the tree: symbolic link l -> ../..');
    await expectUntouched();
    expect(await strategyOf(link('pkg/x.py'))).toBe('git-apply');
  });

  it('rejects a link that a rename turns outwards', async () => {
    await symlink('../old.py', path.join(tree.directory, 'pkg', 'l'));
    const patch = 'diff --git a/pkg/l b/l\nsimilarity index 100%\nrename from pkg/l\nrename to l\n';
    expect(await strategyOf(patch)).toBe('escapes the tree: symbolic link l -> ../old.py');
  });

  it('does not write through a link of the repository', async () => {
    await symlink('/tmp', path.join(tree.directory, 'out'));
    const result = await applyPatch(tree, '--- /dev/null\n+++ b/out/patchdiff-evil.py\n@@ -0,0 +1 @@\n+x\n');
    expect(result.kind).toBe('rejected');
    expect(existsSync('/tmp/patchdiff-evil.py')).toBe(false);
  });

  it.each(['1d', '1,2d', '  1d', 'X1d', '- 1d'])('does not hand %j to an editor', async (command) => {
    const reason = await strategyOf(`--- a/pkg/x.py\n+++ b/pkg/x.py\n${command}\n`);
    expect(reason).toContain('the text holds what `patch` takes for an editor command');
    await expectUntouched();
  });

  it('applies a binary patch, and says what is missing when only the remark is there', async () => {
    const { directory } = await makeRepository({ 'i.bin': 'x' });
    await commitFiles(directory, { 'i.bin': '\0\u0001\u0002\0binary' });
    const patch = await userGit(directory, 'diff', '--binary', 'HEAD~1', 'HEAD');
    const remark = await userGit(directory, 'diff', 'HEAD~1', 'HEAD');
    expect(await strategyOf(`${remark}\n`)).toMatch(/^binary change of i\.bin without its content/);
    expect(await strategyOf(`${patch}\n\n`)).toBe('git-apply');
    expect(await content('i.bin')).toBe('\0\u0001\u0002\0binary');
  });

  it('takes the rest of a patch that leaves the content of a binary file out, as the harness does', async () => {
    const remark = 'diff --git a/i.bin b/i.bin\nindex 1..2 100644\nBinary files a/i.bin and b/i.bin differ\n';
    expect(await strategyOf(remark + git(change))).toBe('patch-fuzz');
    expect(await content('pkg/x.py')).toBe('a = 1\nb = 20\nc = 3\n');
  });

  it('does not let attributes of the patch change what is recorded', async () => {
    const patch =
      '--- /dev/null\n+++ b/pkg/.gitattributes\n@@ -0,0 +1 @@\n+* working-tree-encoding=UTF-16 filter=evil\n' +
      change;
    expect(await strategyOf(patch)).toBe('git-apply');
    expect(await content('pkg/x.py')).toBe('a = 1\nb = 20\nc = 3\n');
  });
});
