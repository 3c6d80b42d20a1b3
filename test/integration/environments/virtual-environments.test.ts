import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { findInterpreter } from '../../../src/observe/engine/interpreter.js';
import { Recipes } from '../../../src/environments/recipes.js';
import { VirtualEnvironments } from '../../../src/environments/virtual-environments.js';
import type { Instance } from '../../../src/model/instance.js';
import { writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

const NOTHING: Omit<Instance, 'repo' | 'version'> = {
  instanceId: 'x__y-1',
  baseCommit: 'HEAD',
  goldPatch: '',
  testPatch: '',
  problemStatement: '',
  failToPass: [],
  passToPass: [],
  environment: {},
  source: { file: 'data.jsonl' },
};

describe('VirtualEnvironments', () => {
  const onBuild = vi.fn();
  let sut: VirtualEnvironments;
  let version: string;

  beforeEach(async () => {
    onBuild.mockReset();
    ({ version } = await findInterpreter(undefined));
    const minor = version.split('.').slice(0, 2).join('.');
    const directory = await temporaryDirectory();
    const recipe = (versions: string, more = '') =>
      `{versions: [${versions}], python: '${minor}', packages: []${more}}`;
    await writeFiles(directory, {
      'recipes/a.yaml': `repository: a/b\nrunner: pytest\nrecipes: [${recipe("'1.0', '1.1'")}, ${recipe("'2.0'", ', build: [make]')}]`,
    });
    sut = new VirtualEnvironments({
      recipes: await Recipes.load(path.join(directory, 'recipes')),
      cacheDirectory: path.join(directory, 'cache'),
      signal: new AbortController().signal,
      onBuild,
    });
  });

  const instance = (repo: string, of: string) => ({
    ...NOTHING,
    repo,
    version: of,
  });

  it('builds one environment for all instances of a recipe, however many ask at the same time', async () => {
    const [first, second] = await Promise.all([
      sut.environmentOf(instance('a/b', '1.0'), { workdir: '/w' }),
      sut.environmentOf(instance('a/b', '1.1'), {}),
    ]);
    expect(first).toMatchObject({ workdir: '/w', python: second.python, services: [] });
    expect(await findInterpreter(second.python)).toMatchObject({ version });
    expect(onBuild.mock.calls).toEqual([['a/b 1.0, 1.1']]);
  });

  it('says what an environment will be without building it', async () => {
    expect(await sut.identify(instance('a/b', '1.0'), {})).toEqual({
      image: null,
      python: version,
      recipe: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(onBuild).not.toHaveBeenCalled();
  });

  it('leaves alone an interpreter that the row names, and repositories without recipes', async () => {
    const given = { python: '/some/python' };
    expect(await sut.environmentOf(instance('a/b', '1.0'), given)).toBe(given);
    expect(await sut.identify(instance('a/b', '1.0'), given)).toBeUndefined();
    expect(await sut.environmentOf(instance('c/d', '1.0'), {})).toEqual({});
    expect(await sut.identify(instance('c/d', '1.0'), {})).toBeUndefined();
  });

  it('says how the compiled parts of a project are built', async () => {
    const { build, recipe } = await sut.environmentOf(instance('a/b', '2.0'), {});
    expect(build).toEqual({ commands: ['make'], version: '2.0.0', name: 'a/b 2.0', apt: [] });
    expect(recipe).toBe((await sut.identify(instance('a/b', '2.0'), {}))?.recipe);
    expect(await sut.environmentOf(instance('a/b', '1.0'), {})).toMatchObject({ build: undefined });
  });

  it('cannot serve a version that has no recipe, and says which have one', async () => {
    await expect(sut.environmentOf(instance('a/b', '3.0'), {})).rejects.toMatchObject({
      name: 'Unjudgeable',
      reason: 'environment-broken',
      detail: 'there is no environment recipe for a/b 3.0, only for 1.0, 1.1, 2.0',
    });
  });
});
