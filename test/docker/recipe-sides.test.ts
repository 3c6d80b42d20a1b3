import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildChanged } from '../../src/environments/compiled/build-on-side.js';
import { buildRecipeImage, recipeImageName } from '../../src/images/recipe-image.js';
import { removeImage } from '../../src/images/own-images.js';
import type { EnvironmentRecipe } from '../../src/model/recipe.js';
import type { DockerEngine } from '../../src/observe/engine/docker/docker-engine.js';
import { openProbe } from '../../src/observe/probe/session.js';
import { runTests } from '../../src/observe/probe/test-run.js';
import { removeDirectory } from '../../src/platform/remove-directory.js';
import { aDockerEngine, docker, IMAGE, requireImage } from '../helpers/docker-fixtures.js';
import { ASKING, ECHO } from '../helpers/echo-service.js';
import { aProgram, outcomes } from '../helpers/probe-fixtures.js';
import { aTree, runPython } from '../helpers/side-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const RECIPE: EnvironmentRecipe = {
  ...{ repository: 'tests/sides', versions: ['1'], python: '3.9', packages: [], apt: [], runner: 'pytest' },
  ...{ build: [], modules: [{ name: 'extra.py', source: 'WORD = "extra"\n' }], services: [ECHO] },
};

describe('a side in the image of a recipe', () => {
  let directory: string;
  let engine: DockerEngine;

  beforeAll(requireImage);
  beforeEach(async () => {
    directory = await temporaryDirectory();
    engine = await aDockerEngine();
  });
  afterEach(async () => {
    await engine.dispose();
    await removeDirectory(directory);
    await removeImage(docker, recipeImageName(RECIPE));
  });

  it('has the modules of the recipe', async () => {
    const { image } = await buildRecipeImage(docker, RECIPE, {
      ...{ baseImage: IMAGE, network: 'none', workDirectory: directory },
      ...{ signal: new AbortController().signal, tree: () => Promise.reject(new Error('not built')) },
    });
    const side = await engine.openSide(await aTree(directory, 'gold', ASKING), { image });
    expect((await runPython(side, 'import extra; print(extra.WORD)')).stdout).toBe('extra');
  });

  it('has the services for its tests and for several sessions at a time', async () => {
    const environment = { image: IMAGE, services: [ECHO] };
    const side = await engine.openSide(await aTree(directory, 'gold', ASKING), environment);
    const limits = { memoryMb: 2048, outputBytes: 10_000, valueBytes: 10_000 };
    const open = (hashSeed: number) => openProbe(side, { hashSeed, preload: [], targets: [], limits });
    const sessions = await Promise.all([open(0), open(1)]);
    const program = aProgram('p', ['ask("x")', 'address()'], 'from pkg.ask import *');
    const [first, second] = await Promise.all(
      sessions.map((one) => one.observe([program], { secondsPerInput: 10, secondsPerProgram: 60 })),
    );
    expect(outcomes(first!)['p-0']).toBe('value /x');
    expect(outcomes(second!)).toEqual(outcomes(first!)); // though only one has the usual port
    const { results, output } = await runTests(side, {
      ...{ importRoots: [''], runner: 'unittest', files: ['tests/test_ask.py'], secondsPerTest: 30 },
      ...{ seconds: 60, hashSeed: 0 },
    });
    expect(results, output).toMatchObject([{ status: 'passed' }]);
  });

  it('builds what a patch changes', async () => {
    const build = { commands: ['cp pkg/a.c pkg/a.so'], version: '1.0.0', name: 'tests/sides 1', apt: [] };
    const environment = { image: IMAGE, build };
    const files = { 'pkg/a.c': 'int x;', 'pkg/a.py': '' };
    const tree = { ...(await aTree(directory, 'candidate', files)), changedFiles: ['pkg/a.c'] };
    const side = await engine.openSide(tree, environment);
    const built = async () =>
      (await runPython(side, `import os; print(os.path.exists(${JSON.stringify(side.root)} + "/pkg/a.so"))`))
        .stdout;
    await buildChanged(side, { ...tree, changedFiles: ['pkg/a.py'] }, environment);
    expect(await built()).toBe('False');
    await buildChanged(side, tree, environment);
    expect(await built()).toBe('True');
  });
});
