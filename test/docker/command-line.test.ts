import { beforeAll, describe, expect, it } from 'vitest';
import { makeCheckFixture } from '../helpers/check-fixtures.js';
import { cli, onlyError } from '../helpers/cli.js';
import { IMAGE, requireImage } from '../helpers/docker-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { MINI } from '../helpers/mini.js';

const ABSENT = 'localhost/patchdiff-no-such-image:1';
const PUBLIC = 'swebench/sweb.eval.x86_64.mini_1776_inicfg-1:latest';

beforeAll(requireImage);

const run = async (...where: readonly string[]) =>
  cli([
    'run',
    MINI,
    '-i',
    'mini__inicfg-1',
    '--mutants',
    '20',
    '--out',
    await temporaryDirectory(),
    ...where,
  ]);

describe('--engine docker', () => {
  it.each([
    ['an image that is not there', ['--image', ABSENT], ABSENT],
    ['instances without an image', [], PUBLIC],
  ])('refuses %s, by its name and with the command that builds one', async (_what, where, image) => {
    const result = await run('--engine', 'docker', ...where);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain(image);
    expect(result.stderr).toContain('docker build -f containers/python.Dockerfile');
  });

  it('refuses a check without an image', async () => {
    const { repository, gold, wrong } = await makeCheckFixture();
    const what = ['--repo', repository, '--gold', gold, '--candidate', wrong];
    const out = await temporaryDirectory();
    const result = await cli(['check', ...what, '--engine', 'docker', '--out', out]);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('no Docker image is given');
    expect(result.stderr).toContain('docker build -f containers/python.Dockerfile');
  });
});

describe('--engine auto', () => {
  it.each([
    [['--image', IMAGE], `docker, because Docker answers and the image ${IMAGE} is available`],
    [['--image', ABSENT], `local, because the image ${ABSENT} is neither here nor in a registry; `],
    [[], `local, because the image ${PUBLIC} is neither here nor in a registry; `],
  ])('with %j says what it chose and why', async (where, choice) => {
    const result = await run('--engine', 'auto', ...where);
    expect(result.exitCode).toBe(0);
    expect(result.stderr.split('\n').some((line) => line.startsWith(choice))).toBe(true);
  });
});
