import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { cli, type CliResult } from '../helpers/cli.js';
import { containersOf, IMAGE, requireImage } from '../helpers/docker-fixtures.js';
import { temporaryDirectory } from '../helpers/git-fixtures.js';
import { disagreements, EXPECTED_PAIRS, MINI, readReport } from '../helpers/mini.js';

const IDS = ['mini__intervals-1', 'mini__jobq-2', 'mini__inicfg-4'];
const RUN_ID = `test-${process.pid}`;
let result: CliResult;
let report: RunReport;

beforeAll(async () => {
  await requireImage();
  const out = await temporaryDirectory();
  const instances = IDS.flatMap((id) => ['-i', id]);
  const where = ['--engine', 'docker', '--image', IMAGE, '--out', out, '--run-id', RUN_ID];
  result = await cli(['run', MINI, ...where, ...instances]);
  report = await readReport(path.join(out, RUN_ID, 'report.json'));
});

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

  it.each(EXPECTED_PAIRS.filter((pair) => IDS.includes(pair.instance_id)))(
    'judges $instance_id of $model as the local engine does: $shows',
    (pair) => {
      expect(disagreements(report, pair)).toEqual([]);
    },
  );

  it('leaves no container', async () => {
    expect(await containersOf(RUN_ID)).toEqual([]);
  });
});
