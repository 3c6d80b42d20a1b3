import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findInterpreter } from '../../../src/observe/engine/interpreter.js';
import { virtualEnvironment } from '../../../src/environments/virtual-environment.js';
import type { EnvironmentRecipe } from '../../../src/model/recipe.js';

/** Makes the wheel of a package `hello` with a module and a command of this name. */
const MAKE_WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1] + "/hello-1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("hello.py", "def main():\\n    print('hello')\\n")
    info = "hello-1.0.dist-info/"
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: hello\\nVersion: 1.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(info + "entry_points.txt", "[console_scripts]\\nhello = hello:main\\n")
    wheel.writestr(info + "RECORD", "")
`;
const NEVER = new AbortController().signal;

describe('virtualEnvironment', () => {
  let scratch: string;
  let cache: string;
  let recipe: EnvironmentRecipe;

  beforeEach(async () => {
    scratch = await mkdtemp(path.join(os.tmpdir(), 'patchdiff-environment-'));
    cache = path.join(scratch, 'cache');
    const { executable, version } = await findInterpreter(undefined);
    await execa(executable, ['-c', MAKE_WHEEL, scratch]);
    vi.stubEnv('PIP_NO_INDEX', '1');
    vi.stubEnv('PIP_FIND_LINKS', scratch);
    const python = version.split('.').slice(0, 2).join('.');
    const rest = { apt: [], build: [], modules: [], services: [], runner: 'pytest' } as const;
    recipe = { repository: 'a/b', versions: ['1.0'], python, packages: ['hello'], ...rest };
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(scratch, { recursive: true, force: true });
  });

  it('builds an environment that has the packages and their commands, where it is to stay, once for all of the same content', async () => {
    const onBuild = vi.fn();
    const python = await virtualEnvironment(recipe, cache, NEVER, onBuild);
    expect((await execa(python, ['-c', 'import hello; hello.main()'])).stdout).toBe('hello');
    expect((await execa(path.join(path.dirname(python), 'hello'))).stdout).toBe('hello');
    expect(await readdir(cache)).toEqual([path.basename(path.dirname(path.dirname(python)))]);
    const other = { ...recipe, repository: 'c/d', versions: ['9'] };
    expect(await virtualEnvironment(other, cache, NEVER, onBuild)).toBe(python);
    expect(onBuild).toHaveBeenCalledTimes(1);
    expect(await virtualEnvironment({ ...recipe, packages: [] }, cache, NEVER, onBuild)).not.toBe(python);

    const modules = [{ name: 'extra.py', source: 'import hello\nWORD = "extra"\n' }];
    const more = await virtualEnvironment({ ...recipe, modules }, cache, NEVER, onBuild);
    expect(more).not.toBe(python);
    expect((await execa(more, ['-c', 'import extra; print(extra.WORD)'])).stdout).toBe('extra');
  });

  it('says what pip says when a package cannot be had, and leaves nothing behind', async () => {
    const wanting = { ...recipe, packages: ['hello', 'no-such-package'] };
    await expect(virtualEnvironment(wanting, cache, NEVER)).rejects.toMatchObject({
      name: 'InfraError',
      code: 'environment-build-failed',
      message: expect.stringContaining('no-such-package') as string,
    });
    expect(await readdir(cache)).toEqual([]);
  });

  it('names the version of Python that is missing', async () => {
    await expect(virtualEnvironment({ ...recipe, python: '3.99' }, cache, NEVER)).rejects.toMatchObject({
      name: 'UserError',
      code: 'python-missing',
      message: 'the environment of a/b 1.0 needs Python 3.99, which is not on this machine',
    });
  });
});
