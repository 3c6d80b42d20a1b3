import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReplayBundle } from '../../src/model/replay.js';
import type { PairRecord } from '../../src/model/verdict.js';
import { cli, onlyError } from '../helpers/cli.js';
import { writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { readReport } from '../helpers/mini.js';
import { copyOfSharedMini, sharedMini } from '../helpers/shared-mini.js';

let report: string;
let divergent: PairRecord;
let id: string;

beforeAll(async () => {
  report = path.join((await sharedMini()).run, 'report.json');
  divergent = (await readReport(report)).records.find(({ divergences }) => divergences[0]?.test)!;
  id = divergent.divergences[0]!.id;
});

describe('replay', () => {
  it('reproduces a divergence of a run', async () => {
    const result = await cli(['replay', report, '--divergence', id]);
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.stdout).toContain('Reproduced.');
    expect(result.stdout).toContain('passed on gold, failed on the candidate');
  });

  it('names the divergences there are when asked for another', async () => {
    const result = await cli(['replay', report, '--divergence', 'no-such']);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('no divergence no-such');
    expect(result.stderr).toContain(id);
  });

  it('tells that a patch applies no more', async () => {
    const copy = await copyOfSharedMini();
    const file = path.join(copy, 'pairs', divergent.model, `${divergent.instanceId}.json`);
    const pair = JSON.parse(await readFile(file, 'utf8')) as { replay: ReplayBundle };
    const patch = '--- a/nowhere.py\n+++ b/nowhere.py\n@@ -1 +1 @@\n-a\n+b\n';
    const prediction = { ...pair.replay.prediction, patch };
    await writeFile(file, JSON.stringify({ ...pair, replay: { ...pair.replay, prediction } }));
    const result = await cli(['replay', path.join(copy, 'report.json'), '--divergence', id]);
    expect(result.exitCode).toBe(3);
    expect(result.stderr).toMatch(/^patchdiff: environment-broken: .*nowhere\.py/m);
    expect(result.stderr).not.toContain('this is a bug');
  });

  it('says what a file is not', async () => {
    const out = await temporaryDirectory();
    await writeFiles(out, { 'other.json': '{"records": []}' });
    const result = await cli(['replay', path.join(out, 'other.json'), '--divergence', 'x']);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('is not a patchdiff report of this version');
  });
});
