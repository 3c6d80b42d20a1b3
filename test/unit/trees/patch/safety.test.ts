import { describe, expect, it } from 'vitest';
import { leadsOutside, unsafeReason } from '../../../../src/trees/patch/safety.js';

describe(unsafeReason, () => {
  it.each([
    ['../x.py', 'escapes the tree: ../x.py'],
    ['a/../../x.py', 'escapes the tree: a/../../x.py'],
    ['/etc/passwd', 'escapes the tree: /etc/passwd'],
    ['.git/hooks/post-checkout', "writes into git's own data: .git/hooks/post-checkout"],
    ['sub/.GIT/config', "writes into git's own data: sub/.GIT/config"],
  ])('refuses %s', (path, reason) => {
    expect(
      unsafeReason([
        { path: 'fine.py', kind: 'modify' },
        { path, kind: 'add' },
      ]),
    ).toBe(reason);
  });

  it('refuses to take a file from outside', () => {
    const sut = unsafeReason([{ path: 'x.py', previousPath: '../secret', kind: 'rename' }]);
    expect(sut).toBe('escapes the tree: ../secret');
  });

  it('refuses a link that leads outside', () => {
    const sut = unsafeReason([{ path: 'd/l', kind: 'add', linkTarget: '../../etc' }]);
    expect(sut).toBe('escapes the tree: symbolic link d/l -> ../../etc');
  });

  it.each(['.github/workflows/ci.yml', '.gitignore', 'a..b.py', 'x/...'])('lets %s pass', (path) => {
    expect(unsafeReason([{ path, kind: 'add' }])).toBeNull();
  });
});

describe(leadsOutside, () => {
  it.each([
    ['l', '/tmp', true],
    ['l', '..', true],
    ['a/b/l', '../../../x', true],
    ['a/b/l', 'c/../../../..', true],
    ['a/b/l', '../../x', false],
    ['a/b/l', 'x', false],
    ['l', './a/b', false],
  ])('link %s to %s: %s', (file, target, expected) => {
    expect(leadsOutside(file, target)).toBe(expected);
  });
});
