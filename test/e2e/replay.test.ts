import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCheckFixture } from '../helpers/check-fixtures.js';
import { cli, onlyError } from '../helpers/cli.js';
import { temporaryDirectory, writeFiles } from '../helpers/git-fixtures.js';
import { readReport } from '../helpers/mini.js';

const out = await temporaryDirectory();
const report = path.join(out, 'check', 'report.json');
let ids: string[];

beforeAll(async () => {
  const { repository, gold, wrong } = await makeCheckFixture();
  const what = ['--repo', repository, '--gold', gold, '--candidate', wrong];
  await cli(['check', ...what, '--engine', 'local', '--budget', '5', '--out', out]);
  ids = (await readReport(report)).records.flatMap(({ divergences }) => divergences.map(({ id }) => id));
});

describe('replay', () => {
  it('reproduces a divergence of a check', async () => {
    const result = await cli(['replay', report, '--divergence', ids[0]!]);
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.stdout).toContain('Reproduced.');
    expect(result.stdout).toContain('passed on gold, failed on the candidate');
  });

  it('names the divergences there are when asked for another', async () => {
    const result = await cli(['replay', report, '--divergence', 'no-such']);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('no divergence no-such');
    expect(result.stderr).toContain(ids[0]);
  });

  it('says what a file is not', async () => {
    await writeFiles(out, { 'other.json': '{"records": []}' });
    const result = await cli(['replay', path.join(out, 'other.json'), '--divergence', 'x']);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('is not a patchdiff report of this version');
  });
});
