import { describe, expect, it } from 'vitest';
import { parsePatch } from '../../../../src/trees/patch/parse.js';

const hunk = '@@ -1 +1 @@\n-a\n+b\n';

describe(parsePatch, () => {
  it('lists modified files with and without git headers', () => {
    const git = `diff --git a/x.py b/x.py\nindex 1..2 100644\n--- a/x.py\n+++ b/x.py\n${hunk}`;
    const traditional = `--- a/y.py\n+++ b/y.py\n${hunk}`;
    expect(parsePatch(`${traditional}${git}`)).toEqual([
      { path: 'y.py', kind: 'modify' },
      { path: 'x.py', kind: 'modify' },
    ]);
  });

  it.each([
    ['git', 'diff --git a/n.py b/n.py\nnew file mode 100644\n--- /dev/null\n+++ b/n.py\n@@ -0,0 +1 @@\n+b\n'],
    ['traditional', '--- /dev/null\n+++ b/n.py\n@@ -0,0 +1 @@\n+b\n'],
    ['empty file', 'diff --git a/n.py b/n.py\nnew file mode 100644\nindex 0000000..e69de29\n'],
  ])('knows a new file (%s)', (_, patch) => {
    expect(parsePatch(patch)).toEqual([{ path: 'n.py', kind: 'add' }]);
  });

  it('knows a deleted file by its old path', () => {
    const patch =
      'diff --git a/o.py b/o.py\ndeleted file mode 100644\n--- a/o.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n';
    expect(parsePatch(patch)).toEqual([{ path: 'o.py', kind: 'delete' }]);
  });

  it('knows where a renamed file comes from', () => {
    const patch = 'diff --git a/o.py b/d/n.py\nsimilarity index 100%\nrename from o.py\nrename to d/n.py\n';
    expect(parsePatch(patch)).toEqual([{ path: 'd/n.py', previousPath: 'o.py', kind: 'rename' }]);
  });

  it('tells a binary patch from the remark that binary files differ', () => {
    const content =
      'diff --git a/i.png b/i.png\nnew file mode 100644\nindex 0..1\nGIT binary patch\nliteral 3\nKcmZQzWMXDv0RR911pojC\n\n';
    const stub = 'diff --git a/j.png b/j.png\nindex 1..2 100644\nBinary files a/j.png and b/j.png differ\n';
    expect(parsePatch(content + stub)).toEqual([
      { path: 'i.png', kind: 'add', binary: 'content' },
      { path: 'j.png', kind: 'modify', binary: 'stub' },
    ]);
  });

  it('reads where a symbolic link leads', () => {
    const patch =
      'diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n';
    expect(parsePatch(patch)).toEqual([{ path: 'l', kind: 'add', linkTarget: '/etc/passwd' }]);
  });

  it('does not take a number in the code for the mode of a link', () => {
    const patch = `diff --git a/x.py b/x.py\n--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n new mode 120000\n-a\n+/b\n`;
    expect(parsePatch(patch)).toEqual([{ path: 'x.py', kind: 'modify' }]);
  });

  it('lists files of a patch whose hunk counts are wrong', () => {
    const patch = `--- a/x.py\n+++ b/x.py\n@@ -1,9 +1,9 @@\n-a\n+b\n`;
    expect(parsePatch(patch)).toEqual([{ path: 'x.py', kind: 'modify' }]);
  });

  it('accepts CRLF', () => {
    const patch = `diff --git a/x.py b/x.py\n--- a/x.py\n+++ b/x.py\n${hunk}`.replaceAll('\n', '\r\n');
    expect(parsePatch(patch)).toEqual([{ path: 'x.py', kind: 'modify' }]);
  });

  it('finds nothing in prose', () => {
    expect(parsePatch('I could not solve it.\n')).toEqual([]);
  });
});
