import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { cli, type CliResult } from '../helpers/cli.js';
import { containersOf, IMAGE, requireImage } from '../helpers/docker-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { judgesAllOfMini, judgesPairs } from '../helpers/mini-judgement.js';
import { EXPECTED_PAIRS, MINI, readReport } from '../helpers/mini.js';
import { NIGHTLY } from '../helpers/nightly.js';

/** Together these come to every outcome: a loop without end, a flaky reference, a crash, a patch that does not apply. */
const CHOSEN = ['intervals-1', 'tablefmt-1', 'tablefmt-3', 'tablefmt-4', 'inicfg-1', 'inicfg-4'].map(
  (name) => `mini__${name}`,
);
const RUN_ID = `test-${process.pid}`;
let result: CliResult;
let report: RunReport;

beforeAll(async () => {
  await requireImage();
  const out = await temporaryDirectory();
  const where = ['--engine', 'docker', '--image', IMAGE, '--out', out, '--run-id', RUN_ID];
  const which = NIGHTLY ? [] : CHOSEN.flatMap((id) => ['-i', id]);
  result = await cli(['run', MINI, ...which, ...where, '-j', '2']);
  report = await readReport(path.join(out, RUN_ID, 'report.json'));
}, 1_800_000);

describe('run benchmarks/mini in containers', () => {
  it('ends well, and says where it ran', () => {
    expect(result.exitCode).toBe(0);
    expect(report.run.engine).toBe('docker, as asked');
    for (const { environment } of report.records) {
      expect(environment).toMatchObject({
        engine: 'docker',
        image: expect.stringMatching(/sha256:/) as string,
      });
    }
  });

  if (NIGHTLY) judgesAllOfMini(() => report);
  else
    judgesPairs(
      EXPECTED_PAIRS.filter((pair) => CHOSEN.includes(pair.instance_id)),
      () => report,
    );

  it.runIf(!NIGHTLY)('comes to every outcome that the whole benchmark comes to', () => {
    const outcomes = new Set(report.records.map(({ verdict }) => verdict.outcome));
    expect([...outcomes].sort()).toEqual([...new Set(EXPECTED_PAIRS.map(({ outcome }) => outcome))].sort());
  });

  it('leaves no container', async () => {
    expect(await containersOf(RUN_ID)).toEqual([]);
  });
});
