import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { importDirectory } from '../../../src/trees/directory.js';
import {
  openRepository,
  patchFromRevision,
  resolveCommit,
  type Repository,
} from '../../../src/trees/repository.js';
import { prepareSide } from '../../../src/trees/side-tree.js';
import { commitFiles, makeRepository, userGit, writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { rejected } from '../../helpers/rejected.js';

describe(patchFromRevision, () => {
  let user: { directory: string; commit: string };
  let repository: Repository;
  beforeAll(async () => {
    user = await makeRepository({ 'x.py': 'a = 1\n', 'i.bin': 'x' });
    await userGit(user.directory, 'checkout', '-q', '-b', 'fix');
    await commitFiles(user.directory, { 'x.py': 'a = 2\n', 'new.py': 'n = "ä"\n', 'i.bin': '\0\u0001\0' });
    await userGit(user.directory, 'config', 'diff.noprefix', 'true');
    await userGit(user.directory, 'config', 'diff.external', 'false');
    repository = (await openRepository('o/r', path.join(user.directory, '.git'), user.directory))!;
  });

  it('gives a patch that leads from the base to the branch', async () => {
    const patch = await patchFromRevision(repository, user.commit, 'fix');
    const workDirectory = path.join(await temporaryDirectory(), 'side');
    const request = { repository, baseCommit: user.commit, patch, testPatch: '', workDirectory };
    const side = await prepareSide({ ...request, side: 'candidate' });
    expect(side).toMatchObject({
      kind: 'ready',
      strategy: 'git-apply',
      patchedFiles: ['i.bin', 'new.py', 'x.py'],
    });
  });

  it('names a revision that does not exist', async () => {
    const error = await rejected(patchFromRevision(repository, user.commit, 'no-such-branch'));
    expect(error).toMatchObject({ code: 'commit-missing' });
    expect(error.message).toContain('no-such-branch');
  });

  it('does not take an option for a revision', async () => {
    const error = await rejected(resolveCommit(repository, '--all'));
    expect(error).toMatchObject({ code: 'commit-missing' });
  });

  it('refuses revisions of a plain directory', async () => {
    const directory = await temporaryDirectory();
    await writeFiles(directory, { 'x.py': 'a = 1\n' });
    const plain = await importDirectory('plain', directory, await temporaryDirectory());
    expect(await rejected(patchFromRevision(plain, 'HEAD', 'fix'))).toMatchObject({
      code: 'not-a-repository',
    });
  });
});
