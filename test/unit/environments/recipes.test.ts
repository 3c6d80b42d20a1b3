import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameOf, recipeKey, Recipes } from '../../../src/environments/recipes.js';
import type { EnvironmentRecipe } from '../../../src/model/recipe.js';

const REPOSITORIES = [
  'astropy/astropy',
  'django/django',
  'matplotlib/matplotlib',
  'mwaskom/seaborn',
  'pallets/flask',
  'psf/requests',
  'pydata/xarray',
  'pylint-dev/pylint',
  'pytest-dev/pytest',
  'scikit-learn/scikit-learn',
  'sphinx-doc/sphinx',
  'sympy/sympy',
];

describe('the recipes that come with patchdiff', () => {
  let sut: Recipes;

  beforeAll(async () => {
    sut = await Recipes.load();
  });

  it('cover the repositories of SWE-bench, each version once', () => {
    expect([...new Set(sut.all.map(({ repository }) => repository))].sort()).toEqual(REPOSITORIES);
    for (const repository of REPOSITORIES) {
      const versions = sut.versions(repository);
      expect(new Set(versions).size, repository).toBe(versions.length);
    }
  });

  it('name requirements that a shell passes on as one word', () => {
    for (const { packages, apt } of sut.all)
      for (const name of [...packages, ...apt])
        expect(name).toMatch(/^[\w.+-]+([<>=!~]=?[\w.*]+(,[<>=!~]=?[\w.*]+)*)?$/);
  });

  it('build the projects that have compiled parts, and no others', () => {
    const built = new Set(
      sut.all.filter(({ build }) => build.length > 0).map(({ repository }) => repository),
    );
    expect([...built]).toEqual(['astropy/astropy', 'matplotlib/matplotlib', 'scikit-learn/scikit-learn']);
  });

  it('start services whose port the probe chooses, with modules that are there', () => {
    const served = sut.all.filter(({ services }) => services.length > 0);
    expect([...new Set(served.map(({ repository }) => repository))]).toEqual(['psf/requests']);
    for (const { services, modules } of served) {
      expect(services.map(({ env }) => env['HTTPBIN_URL'])).toEqual(['http://127.0.0.1:{port}/']);
      expect(modules.find(({ name }) => name === 'local_httpbin.py')?.source).toContain('def serve(port)');
    }
  });

  it('install no pytest for the project that is pytest', () => {
    const packages = sut.all
      .filter((one) => one.repository === 'pytest-dev/pytest')
      .flatMap((one) => one.packages);
    expect(packages.filter((name) => /^pytest\b/.test(name))).toEqual([]);
  });

  it('are found by repository and version', () => {
    expect(sut.find('pytest-dev/pytest', '6.2')?.versions).toEqual(['6.2', '6.3']);
    expect(sut.find('Pytest-Dev/PyTest', '6.2')).toBeDefined();
    expect(sut.find('pytest-dev/pytest', '1.0')).toBeUndefined();
    expect(sut.find('pytest-dev/pytest', undefined)).toBeUndefined();
    expect(sut.find('somebody/else', '1.0')).toBeUndefined();
  });
});

describe('recipeKey', () => {
  const recipe: EnvironmentRecipe = {
    repository: 'a/b',
    versions: ['1.0'],
    python: '3.9',
    packages: ['pytest'],
    apt: [],
    build: [],
    modules: [],
    services: [],
    runner: 'pytest',
  };

  it('is that of the content, whatever the repository and the version', () => {
    expect(recipeKey({ ...recipe, repository: 'c/d', versions: ['2.0'] })).toBe(recipeKey(recipe));
    expect(recipeKey({ ...recipe, packages: ['pytest<8'] })).not.toBe(recipeKey(recipe));
    expect(recipeKey({ ...recipe, python: '3.10' })).not.toBe(recipeKey(recipe));
  });

  it('is that of its modules and services, too, where there are any', () => {
    const service = { name: 's', command: ['s', '{port}'], env: {}, seconds: 60 };
    const keys = [
      recipe,
      { ...recipe, services: [service] },
      { ...recipe, services: [{ ...service, env: { A: '1' } }] },
      { ...recipe, modules: [{ name: 'm.py', source: '' }] },
      { ...recipe, modules: [{ name: 'm.py', source: 'x' }] },
    ].map(recipeKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is that of the repository too where the repository is built', () => {
    const built = { ...recipe, build: ['make'] };
    expect(recipeKey({ ...built, repository: 'c/d' })).not.toBe(recipeKey(built));
  });
});

describe('nameOf', () => {
  it('names the versions, or the first and the last of many', () => {
    const recipe = {
      repository: 'a/b',
      python: '3.9',
      packages: [],
      apt: [],
      build: [],
      modules: [],
      services: [],
      runner: 'pytest',
    } as const;
    expect(nameOf({ ...recipe, versions: ['1', '2'] })).toBe('a/b 1, 2');
    expect(nameOf({ ...recipe, versions: ['1', '2', '3', '4'] })).toBe('a/b 1 to 4');
  });
});

describe('Recipes.load', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'patchdiff-recipes-'));
  });

  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it.each([
    ['a file that is no YAML', 'repository: [', /broken\.yaml: /],
    [
      'a version of Python that is a number',
      'repository: a/b\nrunner: pytest\nrecipes: [{versions: ["1"], python: 3.9, packages: []}]',
      /broken\.yaml: recipes\.0\.python/,
    ],
    [
      'a service without a port',
      'repository: a/b\nrunner: pytest\nrecipes: [{versions: ["1"], python: "3.9", packages: [], services: [{name: s, command: [s]}]}]',
      /broken\.yaml: recipes\.0\.services\.0\.command must hold \{port\}/,
    ],
    [
      'a module that is not there',
      'repository: a/b\nrunner: pytest\nrecipes: [{versions: ["1"], python: "3.9", packages: [], modules: [a/m.py]}]',
      /broken\.yaml: the module a\/m\.py cannot be read \(ENOENT\)/,
    ],
    [
      'an option that is misspelt',
      'repository: a/b\nrunner: pytest\nrecipes: [{versions: ["1"], python: "3.9", package: []}]',
      /broken\.yaml: recipes\.0/,
    ],
  ])('refuses %s by its name', async (_what, text, message) => {
    await writeFile(path.join(directory, 'broken.yaml'), text);
    await expect(Recipes.load(directory)).rejects.toMatchObject({
      name: 'UserError',
      code: 'recipe-malformed',
      message: expect.stringMatching(message) as string,
    });
  });
});
