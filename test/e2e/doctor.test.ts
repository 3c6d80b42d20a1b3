import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { execa } from 'execa';
import { cli } from '../helpers/cli.js';
import { writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

/** A folder of programs with nothing but those named, as links to this machine's. */
async function programs(...names: readonly string[]): Promise<string> {
  const directory = await temporaryDirectory();
  for (const name of names) {
    const { stdout } = await execa('which', [name]);
    await symlink(stdout, path.join(directory, name));
  }
  return directory;
}

it('says what this machine has, and where', async () => {
  const cache = await temporaryDirectory();
  const { exitCode, stdout } = await cli(['doctor'], { env: { XDG_CACHE_HOME: cache } });
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`ok      Node.js: ${process.versions.node}`);
  expect(stdout).toMatch(/^ok {6}git: \d+\.\d+/m);
  expect(stdout).toMatch(/^ok {6}Python: 3\.\d+\.\d+, \//m);
  expect(stdout).toMatch(/GB free in \//);
  expect(stdout).toContain(`Cache: ${cache}/patchdiff, 0.0 GB`);
});

it('says how to fix what is missing, and fails when no engine can run patches', async () => {
  const env = {
    PATH: await programs('git'),
    HOME: await temporaryDirectory(),
    PYENV_ROOT: '/nonexistent',
    DOCKER_HOST: 'unix:///nonexistent/docker.sock',
  };
  const { exitCode, stdout } = await cli(['doctor'], { env });
  expect(exitCode).toBe(3);
  expect(stdout).toContain('limits  Docker: does not answer:');
  expect(stdout).toContain('Start Docker or set DOCKER_HOST');
  expect(stdout).toContain('limits  Python: no Python interpreter');
  expect(stdout).toContain('limits  Pythons of the recipes: 3.6, 3.8, 3.9, 3.10, 3.11');
  expect(stdout).toContain('limits  bubblewrap: bubblewrap is not installed');
  expect(stdout).toContain('MISSING Engines: none can run patches safely');
});

it('names a cache that cannot be written', async () => {
  const directory = await temporaryDirectory();
  await writeFiles(directory, { file: '' });
  const cache = path.join(directory, 'file');
  const { exitCode, stdout } = await cli(['doctor'], { env: { XDG_CACHE_HOME: cache } });
  expect(exitCode).toBe(3);
  expect(stdout).toContain(`MISSING Cache: ${cache}/patchdiff cannot be written (ENOTDIR)`);
});
