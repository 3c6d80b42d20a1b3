import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckedRecipe } from '../../src/app/images/check-recipes.js';
import { cli, onlyError } from '../helpers/cli.js';
import { makeRepository, userGit, writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const TESTS = `
import unittest
from pkg.a import f

class Tests(unittest.TestCase):
    def test_fixed(self):
        self.assertEqual(f(), 2)

    def test_network(self):
        raise OSError("no network")
`;
const LACKING = 'import no_such_module\n';
const ROW = { problem_statement: '', version: '1.0', test_patch: '' };
const NAMES = ['kept', 'network', 'third', 'fourth'].map((name) => `test_${name}`);
const MANY = NAMES.map((name) => `    def ${name}(self):\n        pass\n`).join('\n');

describe('images check', () => {
  let dataset: string;
  let repos: string;

  beforeAll(async () => {
    const { directory, commit } = await makeRepository({
      'pkg/__init__.py': '',
      'pkg/a.py': 'def f():\n    return 1\n',
      'tests/test_a.py': TESTS.replace('    def test_network', `${MANY}\n    def test_network`),
      'tests/test_lacking.py': LACKING,
    });
    await writeFiles(directory, { 'pkg/a.py': 'def f():\n    return 2\n' });
    const patch = `${await userGit(directory, 'diff')}\n`;
    await userGit(directory, 'checkout', '-q', '.');
    repos = await temporaryDirectory();
    await userGit(repos, 'clone', '-q', '--bare', directory, 'some__project');
    const id = (name: string) => `tests/test_a.py::Tests::${name}`;
    const row = { ...ROW, repo: 'some/project', base_commit: commit, patch };
    const rows = [
      {
        ...{ ...row, instance_id: 'some__project-1', FAIL_TO_PASS: [id('test_fixed')] },
        PASS_TO_PASS: NAMES.map(id),
      },
      {
        ...{ ...row, instance_id: 'some__project-2', FAIL_TO_PASS: ['tests/test_lacking.py::test_x'] },
        PASS_TO_PASS: [],
      },
    ];
    dataset = path.join(repos, 'data.jsonl');
    await writeFiles(repos, { 'data.jsonl': rows.map((one) => `${JSON.stringify(one)}\n`).join('') });
  });

  const check = (...more: string[]) =>
    cli(['images', 'check', dataset, '--repos-dir', repos, '--engine', 'local', ...more]);

  it('says of each recipe and instance how the reference does', async () => {
    const { exitCode, stdout } = await check('--format', 'json');
    expect(exitCode).toBe(3);
    const { recipes } = JSON.parse(stdout) as { recipes: CheckedRecipe[] };
    expect(recipes).toMatchObject([
      {
        ...{ repository: 'some/project', name: 'some/project 1.0', versions: ['1.0'], recipe: null },
        instances: [
          {
            ...{ instanceId: 'some__project-1', qualified: true, tests: 5 },
            leftOut: [
              {
                id: 'tests/test_a.py::Tests::test_network',
                why: expect.stringContaining('no network') as string,
              },
            ],
          },
          {
            ...{ instanceId: 'some__project-2', qualified: false, reason: 'environment-broken' },
            detail: expect.stringContaining(
              'there is no module no_such_module: install the package',
            ) as string,
          },
        ],
      },
    ]);
  });

  it('prints a table, and succeeds where every instance qualifies', async () => {
    const { exitCode, stdout } = await check('-i', 'some__project-1');
    expect(stdout).toMatch(/^some\/project 1\.0 +no recipe +1 +1 +5 +1$/m);
    expect(stdout).toContain('left out tests/test_a.py::Tests::test_network (');
    expect(exitCode).toBe(0);
  });

  it('needs a dataset', async () => {
    const result = await cli(['images', 'check']);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toBe('patchdiff: images check needs a dataset');
  });
});
