import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReplayBundle } from '../../src/model/replay.js';
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
  await cli(['check', ...what, '--engine', 'local', '--budget', '15', '--out', out]);
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

  it('tells that a patch applies no more', async () => {
    const copy = await temporaryDirectory();
    await cp(path.join(out, 'check'), copy, { recursive: true });
    const [name] = await readdir(path.join(copy, 'pairs', 'candidate'));
    const file = path.join(copy, 'pairs', 'candidate', name!);
    const pair = JSON.parse(await readFile(file, 'utf8')) as { replay: ReplayBundle };
    const patch = '--- a/nowhere.py\n+++ b/nowhere.py\n@@ -1 +1 @@\n-a\n+b\n';
    const prediction = { ...pair.replay.prediction, patch };
    await writeFile(file, JSON.stringify({ ...pair, replay: { ...pair.replay, prediction } }));
    const result = await cli(['replay', path.join(copy, 'report.json'), '--divergence', ids[0]!]);
    expect(result.exitCode).toBe(3);
    expect(result.stderr).toMatch(/^patchdiff: environment-broken: .*nowhere\.py/m);
    expect(result.stderr).not.toContain('this is a bug');
  });

  it('says what a file is not', async () => {
    await writeFiles(out, { 'other.json': '{"records": []}' });
    const result = await cli(['replay', path.join(out, 'other.json'), '--divergence', 'x']);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('is not a patchdiff report of this version');
  });
});
