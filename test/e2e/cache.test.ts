import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { cli } from '../helpers/cli.js';
import { writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

let home: string;
let root: string;

beforeEach(async () => {
  home = await temporaryDirectory();
  root = path.join(home, 'patchdiff');
  await writeFiles(root, {
    'repositories/a__b/HEAD': 'ref: refs/heads/main\n',
    'datasets/rows.parquet': 'x'.repeat(10_000),
    'environments/0123456789abcdef/bin/python': '',
    'environments/0123456789abcdef/patchdiff-environment.json': '{"name": "a/b 1.0, 1.1"}',
  });
});

const cache = (...args: readonly string[]) => cli(['cache', ...args], { env: { XDG_CACHE_HOME: home } });

it('lists what is kept between runs, and what environments are of', async () => {
  const { exitCode, stdout } = await cache('ls');
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`${root}/repositories/a__b  `);
  expect(stdout).toContain(`${root}/datasets/rows.parquet  `);
  expect(stdout).toMatch(/0123456789abcdef {2}\S+ GB {2}a\/b 1\.0, 1\.1$/m);
  expect(stdout).toMatch(/^3 entries, /m);
});

it('removes one kind of thing, or everything', async () => {
  const first = await cache('clean', 'environments');
  expect(first.stdout).toMatch(/^1 entry removed, /m);
  expect(await readdir(path.join(root, 'environments'))).toEqual([]);
  expect(await readdir(path.join(root, 'repositories'))).toEqual(['a__b']);
  await cache('clean');
  expect(await readdir(path.join(root, 'repositories'))).toEqual([]);
  expect(await readdir(path.join(root, 'datasets'))).toEqual([]);
});

it('has nothing to list where nothing was ever kept', async () => {
  const result = await cli(['cache', 'ls'], { env: { XDG_CACHE_HOME: path.join(home, 'none') } });
  expect(result).toMatchObject({ exitCode: 0, stdout: '0 entries, 0.0 GB' });
});

it.each([
  ['an action that does not exist', ['cache', 'wash']],
  ['a kind that does not exist', ['cache', 'ls', 'images']],
])('refuses %s', async (_what, args) => {
  expect(await cli(args)).toMatchObject({ exitCode: 2, stdout: '' });
});
