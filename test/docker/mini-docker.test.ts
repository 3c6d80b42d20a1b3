import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { cli, type CliResult } from '../helpers/cli.js';
import { containersOf, IMAGE, requireImage } from '../helpers/docker-fixtures.js';
import { temporaryDirectory } from '../helpers/git-fixtures.js';
import { judgesAllOfMini } from '../helpers/mini-judgement.js';
import { MINI, readReport } from '../helpers/mini.js';

const RUN_ID = `test-${process.pid}`;
let result: CliResult;
let report: RunReport;

beforeAll(async () => {
  await requireImage();
  const out = await temporaryDirectory();
  const where = ['--engine', 'docker', '--image', IMAGE, '--out', out, '--run-id', RUN_ID];
  result = await cli(['run', MINI, ...where, '-j', '2']);
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

  judgesAllOfMini(() => report);

  it('leaves no container', async () => {
    expect(await containersOf(RUN_ID)).toEqual([]);
  });
});
