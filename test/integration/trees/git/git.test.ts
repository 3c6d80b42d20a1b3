import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyPatch } from '../../../../src/trees/patch/apply.js';
import { git } from '../../../../src/trees/git/git.js';
import { snapshot } from '../../../../src/trees/git/git-tree.js';
import { makeRepository, makeTree } from '../../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';
import { rejected } from '../../../helpers/rejected.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe(git, () => {
  it('says which program is missing', async () => {
    vi.stubEnv('PATH', await temporaryDirectory());
    expect(await rejected(git(['--version']))).toMatchObject({ name: 'UserError', code: 'git-missing' });
  });

  it('gives the words of git when it fails', async () => {
    const error = await rejected(git(['rev-parse', '--verify', 'nothing'], { gitDir: '/nowhere' }));
    expect(error).toMatchObject({ name: 'InfraError', code: 'git-failed' });
    expect(error.message).toContain('/nowhere');
  });

  it('is not led astray by the environment, as inside a hook of another repository', async () => {
    const other = await makeRepository({ 'other.py': '' });
    vi.stubEnv('GIT_DIR', path.join(other.directory, '.git'));
    vi.stubEnv('GIT_INDEX_FILE', path.join(other.directory, '.git', 'index'));
    const tree = await makeTree({ 'x.py': 'a = 1\n' });
    expect(await git(['ls-tree', '--name-only', await snapshot(tree)], { gitDir: tree.gitDir })).toBe(
      'x.py\n',
    );
  });

  it('ends a command that takes too long', async () => {
    const pipe = path.join(await temporaryDirectory(), 'nobody-writes');
    await execa('mkfifo', [pipe]);
    const error = await rejected(git(['hash-object', pipe], { seconds: 0.5 }));
    expect(error).toMatchObject({ name: 'InfraError', code: 'timeout' });
  });
});

describe('without patch', () => {
  it('tries the other strategies and says that one is missing', async () => {
    const programs = await temporaryDirectory();
    const { stdout } = await execa('sh', ['-c', 'command -v git']);
    await symlink(stdout, path.join(programs, 'git'));
    const tree = await makeTree({ 'x.py': 'a = 1\nb = 2\n' });
    vi.stubEnv('PATH', programs);
    const patch = '--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n a = 1\n-b = 2\n+b = 3\n';
    expect(await applyPatch(tree, patch.replace(' a = 1', ' a = 9'))).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining('patch --fuzz was not tried: `patch` is not installed') as string,
    });
    expect(await applyPatch(tree, patch)).toMatchObject({ kind: 'applied', strategy: 'git-apply' });
  });
});
