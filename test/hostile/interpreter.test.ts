import { copyFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEngine } from '../../src/observe/engine/local/local-engine.js';
import { requireFolder } from '../../src/platform/disk-error.js';
import { removeDirectory } from '../../src/platform/remove-directory.js';
import { aTree, runPython } from '../helpers/side-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

describe('what goes away while a run needs it', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await temporaryDirectory();
  });
  afterAll(() => removeDirectory(directory));

  it('is noticed where it is the interpreter, before a result is kept', async () => {
    const python = path.join(directory, 'python');
    const { stdout: real } = await execa('python3', ['-c', 'import sys; print(sys.executable)']);
    await symlink(real, python);
    const sut = new LocalEngine({ python, sandbox: 'bubblewrap', workDirectory: directory, description: '' });
    await sut.identify({});
    await expect(sut.requireUnchanged({})).resolves.toBeUndefined();
    await rm(python);
    await expect(sut.requireUnchanged({})).rejects.toMatchObject({ code: 'python-gone' });
    await copyFile('/bin/true', python);
    await expect(sut.requireUnchanged({})).rejects.toMatchObject({ code: 'python-gone' });
    await sut.dispose();
  });

  it('ends in one clear error where it is the scratch folder', async () => {
    const scratch = path.join(directory, 'scratch');
    const tree = await aTree(directory, 'gold', {});
    const sut = new LocalEngine({
      python: undefined,
      sandbox: 'bubblewrap',
      workDirectory: directory,
      description: '',
    });
    const side = await sut.openSide(tree, {});
    await rm(tree.directory, { recursive: true });
    await expect(runPython(side, '')).rejects.toMatchObject({ code: 'scratch-gone' });
    expect(() => {
      requireFolder(scratch);
    }).toThrow(/was removed while it was in use/);
    await sut.dispose();
  });
});
