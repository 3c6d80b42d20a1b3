import { chmod, symlink } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findInterpreter } from '../../../../src/observe/engine/interpreter.js';
import { LocalEngine } from '../../../../src/observe/engine/local/local-engine.js';
import { removeDirectory } from '../../../../src/platform/remove-directory.js';
import { aTree, runPython, writeFiles } from '../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

describe('the interpreter', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await temporaryDirectory();
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await removeDirectory(directory);
  });

  const aCommand = async (name: string, script: string) => {
    await writeFiles(directory, { [name]: `#!/bin/sh\n${script}\n` });
    await chmod(path.join(directory, name), 0o755);
    return path.join(directory, name);
  };

  it('is python3 by default, and its executable rather than a launcher', async () => {
    const { executable, version } = await findInterpreter(undefined);
    expect(path.isAbsolute(executable)).toBe(true);
    expect((await execa(executable, ['-V'])).stdout).toBe(`Python ${version}`);
  });

  it('is python where there is no python3', async () => {
    await aCommand('python', `echo '["/x/bin/python", "3.8.1", ["/"], []]'`);
    vi.stubEnv('PATH', directory);
    expect(await findInterpreter(undefined)).toEqual({
      executable: '/x/bin/python',
      version: '3.8.1',
      installed: [],
      prefixes: ['/'],
    });
  });

  it('must exist', async () => {
    await expect(findInterpreter('no-such-python')).rejects.toMatchObject({
      name: 'UserError',
      code: 'python-missing',
      message: expect.stringContaining('no-such-python') as string,
    });
  });

  it.each(['2.7.18', '3.5.10'])('must not be as old as %s', async (version) => {
    const python = await aCommand('python', `echo '["/x/bin/python", "${version}", ["/"]]'`);
    await expect(findInterpreter(python)).rejects.toMatchObject({
      name: 'UserError',
      code: 'python-too-old',
      message: expect.stringContaining(version) as string,
    });
  });

  it('of a virtual environment, reached through links, works in the sandbox with its packages', async () => {
    const venv = path.join(directory, 'env');
    const { executable } = await findInterpreter(undefined);
    await execa(executable, ['-m', 'venv', '--without-pip', venv]);
    const { stdout: site } = await execa(path.join(venv, 'bin/python'), [
      '-c',
      'import sysconfig; print(sysconfig.get_path("purelib"))',
    ]);
    await writeFiles(site, { 'installed.py': 'ANSWER = 42' });
    await symlink(venv, path.join(directory, 'link'));
    const python = path.join(directory, 'link/bin/python');
    const engine = new LocalEngine({
      python,
      sandbox: 'bubblewrap',
      workDirectory: directory,
      description: '',
    });
    const side = await engine.openSide(await aTree(directory, 'gold', {}), {});
    expect((await runPython(side, 'from installed import ANSWER; print(ANSWER)')).stdout).toBe('42');
    await engine.dispose();
  });
});

it('tells what is installed for an interpreter', async () => {
  const directory = await temporaryDirectory();
  await execa('python3', ['-m', 'venv', '--without-pip', directory]);
  const python = path.join(directory, 'bin/python');
  const before = await findInterpreter(python);
  expect(await findInterpreter(python)).toEqual(before);
  const { stdout: site } = await execa(python, ['-c', 'import site; print(site.getsitepackages()[0])']);
  await writeFiles(site, { 'demo-1.0.dist-info/METADATA': '' });
  const { installed } = await findInterpreter(python);
  expect(installed.filter((one) => !before.installed.includes(one))).toEqual([
    expect.stringContaining('demo-1.0.dist-info'),
  ]);
});
