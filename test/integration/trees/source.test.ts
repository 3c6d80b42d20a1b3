import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clone } from '../../../src/trees/clone.js';
import { Repositories } from '../../../src/trees/repositories.js';
import { resolveCommit } from '../../../src/trees/repository.js';
import { resolveRepository } from '../../../src/trees/source.js';
import { prepareSide } from '../../../src/trees/side-tree.js';
import { makeRepository, userGit, writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { rejected } from '../../helpers/rejected.js';

const files = { 'pkg/x.py': 'a = 1\n' };
let user: { directory: string; commit: string };
let reposDir: string;
let cacheDirectory: string;
beforeAll(async () => {
  user = await makeRepository(files);
});
beforeEach(async () => {
  reposDir = await temporaryDirectory();
  cacheDirectory = path.join(await temporaryDirectory(), 'cache');
});

/** The content of `pkg/x.py` at the commit, through the whole way that an instance takes. */
async function readThrough(name: string, options: { reposDir?: string; relativeTo?: string } = { reposDir }) {
  const repository = await resolveRepository(name, { ...options, cacheDirectory });
  const workDirectory = path.join(await temporaryDirectory(), 'side');
  const request = { repository, baseCommit: user.commit, patch: '', testPatch: '', workDirectory };
  const side = await prepareSide({ ...request, side: 'base' });
  if (side.kind !== 'ready') throw new Error(side.reason);
  return readFile(path.join(side.tree.directory, 'pkg', 'x.py'), 'utf8');
}

describe(resolveRepository, () => {
  it.each(['owner__name', 'owner+name', 'name', 'name.git', 'owner/name', 'owner__name.git'])(
    'takes a bare clone called %s',
    async (entry) => {
      await userGit(reposDir, 'clone', '-q', '--bare', user.directory, path.join(reposDir, entry));
      expect(await readThrough('owner/name')).toBe('a = 1\n');
    },
  );

  it.each(['owner+name', 'owner+name/repo'])('takes a work tree at %s', async (entry) => {
    await userGit(reposDir, 'clone', '-q', user.directory, path.join(reposDir, entry));
    expect(await readThrough('owner/name')).toBe('a = 1\n');
  });

  it('takes a directory that holds a bare clone called repo', async () => {
    await userGit(
      reposDir,
      'clone',
      '-q',
      '--bare',
      user.directory,
      path.join(reposDir, 'owner+name', 'repo'),
    );
    expect(await readThrough('owner/name')).toBe('a = 1\n');
  });

  it('takes a linked work tree', async () => {
    await userGit(user.directory, 'worktree', 'add', '-q', '--detach', path.join(reposDir, 'name'));
    expect(await readThrough('owner/name')).toBe('a = 1\n');
  });

  it('takes a plain directory, whose content stands for every commit, even inside another repository', async () => {
    await userGit(reposDir, 'init', '-q');
    const own = { 'pkg/x.py': 'plain = 1\n', '.gitignore': 'pkg/\n', 'pkg/__pycache__/x.pyc': 'cache' };
    await writeFiles(path.join(reposDir, 'name'), own);
    expect(await readThrough('owner/name')).toBe('plain = 1\n');
    const repository = await resolveRepository('owner/name', { reposDir, cacheDirectory });
    expect(await userGit(repository.gitDir, 'ls-tree', '-r', '--name-only', repository.content!)).toBe(
      '.gitignore\npkg/x.py',
    );
    expect((await readdir(path.join(reposDir, 'name'))).sort()).toEqual(['.gitignore', 'pkg']);
  });

  it('sees what changed in a plain directory since', async () => {
    await writeFiles(path.join(reposDir, 'name'), files);
    await readThrough('owner/name');
    await writeFiles(path.join(reposDir, 'name'), { 'pkg/x.py': 'edited = 1\n' });
    expect(await readThrough('owner/name')).toBe('edited = 1\n');
  });

  it('takes a path relative to the dataset', async () => {
    await writeFiles(path.join(reposDir, 'repos', 'one'), files);
    expect(await readThrough('repos/one', { relativeTo: reposDir })).toBe('a = 1\n');
  });

  it.each(['name.tar.gz', 'name.tgz', 'owner__name.tar'])('takes an archive of files, %s', async (entry) => {
    await userGit(
      user.directory,
      'archive',
      '--prefix=name-1.0/',
      '-o',
      path.join(reposDir, entry),
      user.commit,
    );
    expect(await readThrough('owner/name')).toBe('a = 1\n');
  });

  it('takes archives of a repository with its history', async () => {
    const parent = path.dirname(user.directory);
    await execa('tar', [
      '-czf',
      path.join(reposDir, 'name.tar.gz'),
      '-C',
      parent,
      path.basename(user.directory),
    ]);
    expect(await readThrough('owner/name')).toBe('a = 1\n');
    const repository = await resolveRepository('owner/name', { reposDir, cacheDirectory });
    expect(repository.content).toBeUndefined();
  });

  it('takes a zip', async () => {
    await userGit(
      user.directory,
      'archive',
      '--prefix=x/',
      '-o',
      path.join(reposDir, 'name.zip'),
      user.commit,
    );
    expect(await readThrough('owner/name')).toBe('a = 1\n');
  });

  it('says so when an archive is damaged, and keeps nothing of it', async () => {
    await writeFiles(reposDir, { 'name.tar.gz': 'no archive' });
    const error = await rejected(resolveRepository('owner/name', { reposDir, cacheDirectory }));
    expect(error).toMatchObject({ code: 'archive-unreadable' });
    expect(error.message).toContain(path.join(reposDir, 'name.tar.gz'));
    expect(await readdir(cacheDirectory)).toEqual([]);
  });

  it('does not download what --repos-dir lacks', async () => {
    const error = await rejected(resolveRepository('owner/name', { reposDir, cacheDirectory }));
    expect(error).toMatchObject({
      code: 'repository-unavailable',
      hint: expect.stringContaining('--repos-dir') as string,
    });
    expect(error.message).toContain('owner__name');
  });

  it('says what is wrong with a name that is neither path nor owner/name', async () => {
    const error = await rejected(resolveRepository('./nowhere/at/all', { cacheDirectory }));
    expect(error).toMatchObject({ code: 'repository-unavailable' });
  });
});

describe(clone, () => {
  it('clones once, and fetches a commit that no branch has', async () => {
    const origin = await makeRepository(files);
    await userGit(origin.directory, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const repository = await clone('owner/name', `file://${origin.directory}`, cacheDirectory);
    await userGit(origin.directory, 'commit', '-q', '--allow-empty', '-m', 'later');
    const later = await userGit(origin.directory, 'rev-parse', 'HEAD');
    expect(await resolveCommit(repository, later)).toBe(later);
    await clone('owner/name', 'file:///nowhere', cacheDirectory);
    expect(await readdir(cacheDirectory)).toEqual(['owner__name.git']);
  });

  it('names the url and offers --repos-dir when it cannot, and leaves nothing behind', async () => {
    const error = await rejected(clone('owner/name', 'file:///nowhere/at/all', cacheDirectory));
    expect(error).toMatchObject({
      code: 'repository-unavailable',
      hint: expect.stringContaining('--repos-dir') as string,
    });
    expect(error.message).toContain('file:///nowhere/at/all');
    expect(await readdir(cacheDirectory)).toEqual([]);
  });
});

describe(Repositories, () => {
  it('finds a repository once for all who ask', async () => {
    await writeFiles(path.join(reposDir, 'name'), files);
    const sut = new Repositories({ reposDir, cacheDirectory });
    const [one, two] = await Promise.all([sut.resolve('owner/name', '.'), sut.resolve('owner/name', '.')]);
    expect(one).toBe(two);
  });
});
