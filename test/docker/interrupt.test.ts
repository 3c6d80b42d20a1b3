import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { startCli, untilStage } from '../helpers/cli.js';
import { containersOf, IMAGE, requireImage } from '../helpers/docker-fixtures.js';
import { writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { lastWords, STAGES, stopAt } from '../helpers/interruption.js';
import { MINI } from '../helpers/mini.js';
import { NIGHTLY } from '../helpers/nightly.js';
import { silentServer } from '../helpers/silent-server.js';

/** One stage for each thing that containers do: nothing yet, tests, observing; all stages at night. */
const CHOSEN: readonly string[] = ['prepare', 'candidate tests', 'observe'];
const stages = STAGES.filter(([stage]) => NIGHTLY || CHOSEN.includes(stage));

beforeAll(requireImage);

describe('a signal during a run in containers', () => {
  it.each(stages)('at the stage %s leaves no container and keeps the records', async (_stage, words) => {
    const runId = randomUUID();
    const stopped = await stopAt(words, 'SIGINT', runId, '--engine', 'docker', '--image', IMAGE);
    expect(stopped.exitCode).toBe(130);
    expect(lastWords(stopped)).toEqual(['patchdiff: stopped by SIGINT']);
    expect(stopped.left).toEqual([]);
    expect(await containersOf(runId)).toEqual([]);
    expect(stopped.report.records.map(({ verdict }) => verdict.outcome)).toEqual(['empty']);
  });

  it('twice ends it at once, and its containers with it', async () => {
    const runId = randomUUID();
    const scratch = await temporaryDirectory();
    const where = ['--engine', 'docker', '--image', IMAGE, '--out', scratch, '--run-id', runId];
    const running = startCli(['run', MINI, '-i', 'mini__inicfg-2', ...where], {
      env: { TMPDIR: scratch, NODE_DEBUG: 'patchdiff' },
    });
    await untilStage(running, 'beta · observe');
    expect(await containersOf(runId)).not.toEqual([]);
    running.kill('SIGINT');
    await untilStage(running, 'press Ctrl-C again to force');
    running.kill('SIGTERM');
    expect((await running).exitCode).toBe(143);
    await vi.waitFor(async () => {
      expect(await containersOf(runId)).toEqual([]);
    }, 60_000);
  });

  it.each([
    ['to say whether it has an image', []],
    ['to send the image of an instance', [IMAGE]],
  ])('does not wait for a registry %s', async (_what, before) => {
    const registry = await silentServer();
    const running = startCli(await runWith([...before, `${registry.host}/silent:1`]));
    await registry.called;
    running.kill('SIGINT');
    const result = await running;
    expect(result.exitCode).toBe(130);
    expect(lastWords(result)).toEqual(['patchdiff: stopped by SIGINT']);
  });
});

/** A run of as many instances as there are images, each with its own. */
async function runWith(images: readonly string[]): Promise<string[]> {
  const directory = await temporaryDirectory();
  const rows = images.map((image, index) => ({
    instance_id: `a__b-${index}`,
    repo: `${MINI}/repos/inicfg`,
    base_commit: 'HEAD',
    patch: 'x',
    FAIL_TO_PASS: [],
    PASS_TO_PASS: [],
    image,
  }));
  const predictions = rows.map(({ instance_id }) => ({
    instance_id,
    model_name_or_path: 'm',
    model_patch: 'y',
  }));
  await writeFiles(directory, { 'rows.json': JSON.stringify(rows), 'p.json': JSON.stringify(predictions) });
  const file = (name: string) => path.join(directory, name);
  return ['run', file('rows.json'), '-p', file('p.json'), '--engine', 'docker', '--out', directory];
}
