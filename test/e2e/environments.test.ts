import path from 'node:path';
import { expect, it } from 'vitest';
import { cli, onlyError } from '../helpers/cli.js';
import { makeRepository, userGit, writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { MINI, readReport } from '../helpers/mini.js';

const BUILD = ['--engine', 'local', '--mutants', '100', '--environments', 'build'];

/** Runs one pair of a repository by that name with environments from recipes, and gives its record. */
async function recordOf(repo: string, version: string) {
  const { directory, commit } = await makeRepository({ 'pkg/a.py': 'def f():\n    return 1\n' });
  const patch = async (value: number) => {
    await writeFiles(directory, { 'pkg/a.py': `def f():\n    return ${value}\n` });
    return `${await userGit(directory, 'diff')}\n`;
  };
  const names = { instance_id: 'x__y-1', model_name_or_path: 'ours' };
  const row = { ...names, repo, version, base_commit: commit, patch: await patch(2) };
  const rest = { test_patch: '', problem_statement: '', FAIL_TO_PASS: [], PASS_TO_PASS: [] };
  const prediction = { ...names, model_patch: await patch(3) };
  await userGit(directory, 'checkout', '-q', '.');
  const repos = await temporaryDirectory();
  await userGit(repos, 'clone', '-q', '--bare', directory, repo.replace('/', '__'));
  const out = await temporaryDirectory();
  await writeFiles(out, {
    'data.jsonl': `${JSON.stringify({ ...row, ...rest })}\n`,
    'ours.jsonl': `${JSON.stringify(prediction)}\n`,
  });
  const files = [path.join(out, 'data.jsonl'), '-p', path.join(out, 'ours.jsonl')];
  const result = await cli(['run', ...files, '--repos-dir', repos, '--out', out, ...BUILD]);
  expect(result).toMatchObject({ exitCode: 0 });
  const { records } = await readReport(path.join(out, 'run', 'report.json'));
  return records[0]!;
}

it('does not judge a version without a recipe on the local engine, and says why', async () => {
  const detail = 'no environment recipe for psf/requests 1.9, only for 0.7,';
  const { verdict, environment } = await recordOf('psf/requests', '1.9');
  expect(verdict).toMatchObject({
    outcome: 'unverifiable',
    reason: 'environment-broken',
    detail: expect.stringContaining(detail) as string,
  });
  expect(environment).toMatchObject({ recipe: expect.any(String) as string });
});

it('takes what there is for a repository without recipes', async () => {
  const { verdict, environment } = await recordOf('some/project', '1.0');
  expect(verdict.outcome).toBe('not-reached'); // it has no tests
  expect(environment).not.toHaveProperty('recipe');
});

it.each([
  ['--python', 'python3'],
  ['--image', 'some-image'],
])('refuses %s beside environments that are built', async (option, value) => {
  const out = await temporaryDirectory();
  const result = await cli(['run', MINI, ...BUILD, option, value, '--out', out]);
  expect(result.exitCode).toBe(2);
  expect(onlyError(result)).toBe(`patchdiff: ${option} cannot be combined with --environments build`);
});
