import { mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeVersionFile } from '../../../src/trees/version-file.js';
import { writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

describe(writeVersionFile, () => {
  let directory: string;
  beforeEach(async () => {
    directory = await temporaryDirectory();
    await mkdir(path.join(directory, 'src/p'), { recursive: true });
  });
  const written = () => readFile(path.join(directory, 'src/p/_version.py'), 'utf8').catch(() => null);

  it.each([
    ['setup.py', 'setup(use_scm_version={"write_to": "src/p/_version.py"})'],
    ['setup.cfg', '[tool]\nwrite_to = src/p/_version.py\n'],
    ['pyproject.toml', '[tool.setuptools_scm]\nwrite_to = "src/p/_version.py"\n'],
    ['pyproject.toml', "[tool.hatch.build.hooks.vcs]\nversion_file = 'src/p/_version.py'\n"],
  ])('writes the module that %s names', async (name, text) => {
    await writeFiles(directory, { [name]: text });
    await writeVersionFile(directory, '5.4');
    expect(await written()).toBe('version = __version__ = "5.4.0"\nversion_tuple = (5, 4, 0)\n');
  });

  it('leaves what is there', async () => {
    await writeFiles(directory, { 'setup.cfg': 'write_to = src/p/_version.py', 'src/p/_version.py': 'mine' });
    await writeVersionFile(directory, '5.4');
    expect(await written()).toBe('mine');
  });

  it.each([
    '../out.py',
    '/tmp/out.py',
    'src/../../out.py',
    'link/out.py',
    'none/out.py',
    'src/p/dangling.py',
  ])('writes nothing for %s', async (file) => {
    const outside = await temporaryDirectory();
    await symlink(outside, path.join(directory, 'link'));
    await symlink(path.join(outside, 'out.py'), path.join(directory, 'src/p/dangling.py'));
    await writeFiles(directory, { 'setup.cfg': `write_to = ${file}` });
    await writeVersionFile(directory);
    await expect(readFile(path.join(outside, 'out.py'))).rejects.toThrow('ENOENT');
    await expect(readFile(path.join(directory, '../out.py'))).rejects.toThrow('ENOENT');
  });
});
