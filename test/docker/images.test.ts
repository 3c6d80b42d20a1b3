import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withDockerRoom } from '../../src/observe/engine/docker/docker-room.js';
import { ensureImage, isPresent } from '../../src/observe/engine/docker/images.js';
import { cleanImages, ownImages, removeImage } from '../../src/images/own-images.js';
import { buildRecipeImage, recipeImageName, type BuildOptions } from '../../src/images/recipe-image.js';
import { recipeKey, Recipes } from '../../src/environments/recipes.js';
import type { EnvironmentRecipe } from '../../src/model/recipe.js';
import { cli } from '../helpers/cli.js';
import { aDockerEngine, buildImage, docker, IMAGE, requireImage } from '../helpers/docker-fixtures.js';
import { makeRepository, userGit, writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { readReport } from '../helpers/mini.js';
import { startBusyRegistry } from '../helpers/registry.js';
import { aTree, runPython } from '../helpers/side-fixtures.js';

const NEVER = new AbortController().signal;
const PURE: EnvironmentRecipe = {
  repository: 'Tests/Pure.Project',
  versions: ['1.0', '1.1'],
  python: '3.9',
  packages: [],
  apt: [],
  build: [],
  modules: [],
  services: [],
  runner: 'pytest',
};
const COMPILED: EnvironmentRecipe = {
  ...PURE,
  repository: 'tests/compiled',
  build: ['cat pkg/source.c >pkg/built.so', 'echo "$SETUPTOOLS_SCM_PRETEND_VERSION" >>pkg/built.so'],
};

let options: BuildOptions;

beforeAll(requireImage);
beforeEach(async () => {
  const directory = await temporaryDirectory();
  options = {
    baseImage: IMAGE,
    network: 'none',
    workDirectory: directory,
    signal: NEVER,
    tree: async (into) => {
      await writeFiles(into, { 'pkg/source.c': 'int x;\n', 'pkg/old.py': '', 'pkg/a.py': 'A = "image"\n' });
      return into;
    },
  };
});
afterEach(async () => {
  for (const recipe of [PURE, COMPILED]) await removeImage(docker, recipeImageName(recipe));
});

describe('images of recipes', () => {
  it('are built once, and listed as ours', async () => {
    const image = recipeImageName(PURE);
    expect(image).toMatch(/^patchdiff-env\/tests__pure-project:[0-9a-f]{12}$/);
    expect(await buildRecipeImage(docker, PURE, options)).toEqual({ image, built: true });
    expect(await buildRecipeImage(docker, PURE, options)).toEqual({ image, built: false });
    const own = await ownImages(docker);
    expect(own.find(({ name }) => name === image)).toMatchObject({
      environment: 'Tests/Pure.Project 1.0, 1.1',
      containers: 0,
    });
    expect(own.map(({ name }) => name)).not.toContain(IMAGE);
  });

  it('hold what was built with the project, beside any other state of its files', async () => {
    const { image } = await buildRecipeImage(docker, COMPILED, options);
    const engine = await aDockerEngine();
    try {
      const tree = await aTree(options.workDirectory, 'gold', {
        'pkg/a.py': 'A = "side"\n',
        'pkg/new.py': '',
      });
      const side = await engine.openSide(tree, { image });
      expect(side.root).toBe('/testbed');
      const look = `import os
for name in sorted(os.listdir("/testbed/pkg")): print(name, repr(open("/testbed/pkg/" + name).read()))`;
      const { stdout } = await runPython(side, look);
      expect(stdout.trim().split('\n')).toEqual([
        `a.py 'A = "side"\\n'`,
        `built.so 'int x;\\n1.1.0\\n'`,
        `new.py ''`,
      ]);
    } finally {
      await engine.dispose();
    }
  });

  it('that cannot be built say what the build said', async () => {
    const broken = { ...COMPILED, build: ['echo the compiler is missing', 'false'] };
    await expect(buildRecipeImage(docker, broken, options)).rejects.toMatchObject({
      name: 'InfraError',
      code: 'image-build-failed',
      message: expect.stringContaining('the compiler is missing') as string,
    });
    expect(await isPresent(docker, `${recipeImageName(broken)}-packages`)).toBe(false);
  });

  it('are all that is cleaned, and not while a container uses one', async () => {
    const [ours, used, theirs] = [
      recipeImageName(PURE),
      recipeImageName(COMPILED),
      'patchdiff-test-theirs:1',
    ];
    await buildRecipeImage(docker, PURE, options);
    await buildRecipeImage(docker, COMPILED, options);
    await buildImage(theirs, 'LABEL somebody=else\n');
    const container = await docker.createContainer({ Image: used, Cmd: ['true'] });
    try {
      // Those of whoever runs the tests stay.
      const made = (await ownImages(docker)).filter(({ name }) => [ours, used, theirs].includes(name));
      const { removed, inUse } = await cleanImages(docker, made);
      expect(removed.map(({ name }) => name)).toEqual([ours]);
      expect(inUse.map(({ name }) => name)).toEqual([used]);
      expect(await Promise.all([ours, used, theirs, IMAGE].map((name) => isPresent(docker, name)))).toEqual([
        false,
        true,
        true,
        true,
      ]);
    } finally {
      await container.remove({ force: true });
      await removeImage(docker, theirs);
    }
  });
});

describe('pulling', () => {
  it('waits and tries again when a registry has had enough, and drops only what it pulled', async () => {
    const registry = await startBusyRegistry(3);
    const engine = await aDockerEngine();
    try {
      expect(await ensureImage(docker, registry.image, NEVER)).toBe('pulled');
      expect(registry.asked()).toBeGreaterThan(3);
      expect(await ensureImage(docker, registry.image, NEVER)).toBe('present');
      await engine.dropImage(registry.image);
      expect(await isPresent(docker, registry.image)).toBe(true);
      engine.bring(registry.image);
      await engine.dropImage(registry.image);
      expect(await isPresent(docker, registry.image)).toBe(false);
    } finally {
      await engine.dispose();
      registry.close();
      await removeImage(docker, registry.image);
    }
  });

  it('is told on the command line, image by image', async () => {
    const directory = await temporaryDirectory();
    const registry = await startBusyRegistry(0);
    const rest = { base_commit: 'HEAD', patch: 'p', test_patch: '', FAIL_TO_PASS: [], PASS_TO_PASS: [] };
    const row = (instance_id: string, image: string) =>
      JSON.stringify({ instance_id, repo: 'a/b', problem_statement: '', image, ...rest });
    const absent = registry.image.replace('busy', 'localhost/absent').replace(/^[^/]*\//, '');
    await writeFiles(directory, {
      'data.jsonl': [row('x__y-1', registry.image), row('x__y-2', absent), ''].join('\n'),
    });
    try {
      const result = await cli(['images', 'pull', `${directory}/data.jsonl`]);
      expect(result.stdout).toBe(`${registry.image}: pulled`);
      expect(result.stderr).toContain(`the image ${absent} is not on this machine`);
      expect(result.stderr).toContain('1 of 2 images failed');
      expect(result.exitCode).toBe(3);
    } finally {
      registry.close();
      await removeImage(docker, registry.image);
    }
  });
});

describe("Docker's disk", () => {
  it('is looked at before anything is put there', async () => {
    let begun = false;
    const work = () => {
      begun = true;
      return Promise.resolve();
    };
    await expect(withDockerRoom(docker, NEVER, work, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
      name: 'InfraError',
      code: 'disk-full',
    });
    expect(begun).toBe(false);
    await withDockerRoom(docker, NEVER, work, 1);
    expect(begun).toBe(true);
  });
});

describe('a run with --environments build', () => {
  it('takes the image of the recipe for every instance that shares it', async () => {
    const recipe = (await Recipes.load()).find('sympy/sympy', '1.5')!;
    const image = recipeImageName(recipe);
    if (await isPresent(docker, image))
      throw new Error(`${image} exists: remove it with patchdiff images clean`);
    const { directory, commit } = await makeRepository({ 'pkg/a.py': 'def f():\n    return 1\n' });
    const patch = async (value: number) => {
      await writeFiles(directory, { 'pkg/a.py': `def f():\n    return ${value}\n` });
      return `${await userGit(directory, 'diff')}\n`;
    };
    const out = options.workDirectory;
    const row = { repo: 'sympy/sympy', base_commit: commit, patch: await patch(2), test_patch: '' };
    const rest = { problem_statement: '', FAIL_TO_PASS: [], PASS_TO_PASS: [] };
    const lines = (items: readonly object[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');
    const model_patch = await patch(3);
    await writeFiles(out, {
      'data.jsonl': lines([
        { instance_id: 'x__y-1', version: '1.5', ...row, ...rest },
        { instance_id: 'x__y-2', version: '1.6', ...row, ...rest },
      ]),
      'ours.jsonl': lines(
        ['x__y-1', 'x__y-2'].map((instance_id) => ({ instance_id, model_name_or_path: 'ours', model_patch })),
      ),
    });
    await userGit(directory, 'checkout', '-q', '.');
    await userGit(out, 'clone', '-q', '--bare', directory, 'sympy__sympy');
    const [repo, tag] = image.split(':') as [string, string];
    await docker.getImage(IMAGE).tag({ repo, tag });
    try {
      const what = ['run', `${out}/data.jsonl`, '-p', `${out}/ours.jsonl`, '--repos-dir', out, '--out', out];
      const how = ['--engine', 'docker', '--environments', 'build', '--budget', '2', '--keep-images', 'none'];
      expect(await cli([...what, ...how])).toMatchObject({ exitCode: 0 });
      const { records } = await readReport(`${out}/run/report.json`);
      expect(records.map(({ verdict }) => verdict.outcome)).toEqual(['not-reached', 'not-reached']); // no tests
      for (const { environment } of records)
        expect(environment).toMatchObject({ image, python: '3.9', recipe: recipeKey(recipe) });
      expect(await isPresent(docker, image)).toBe(true); // the run did not bring it
    } finally {
      await removeImage(docker, image);
    }
  });
});
