import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { cli } from '../helpers/cli.js';
import { writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { MINI, readReport } from '../helpers/mini.js';
import { timeless } from '../helpers/timeless.js';

const INSTANCE = 'mini__intervals-1';

let out: string;
let env: Record<string, string>;
beforeAll(async () => {
  out = await temporaryDirectory();
  env = { XDG_CACHE_HOME: await temporaryDirectory(), NODE_DEBUG: 'patchdiff' };
});

const run = (id: string, ...more: readonly string[]) => {
  const how = ['--engine', 'local', '--no-sandbox', '--mutants', '200', '--out', out, '--run-id', id];
  return cli(['run', MINI, '-i', INSTANCE, ...how, ...more], { env });
};
const reportOf = (id: string) => readReport(path.join(out, id, 'report.json'));

it('takes the results of another run where the content is the same, and only there', async () => {
  const first = await run('first');
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stderr).not.toContain('reused');
  expect(first.stderr).toContain('· prepare');

  const second = await run('second');
  expect(second.stderr).toContain('reused 2 results of other runs');
  expect(second.stderr).not.toContain('· prepare');
  expect(timeless(await reportOf('second'))).toBe(timeless(await reportOf('first')));

  // Another text under another name, which does the same to the tree.
  const lines = (await readFile(path.join(MINI, 'predictions/beta.jsonl'), 'utf8')).trimEnd().split('\n');
  const beta = lines.map((line) => JSON.parse(line) as Record<string, string>);
  const { model_patch: patch } = beta.find(({ instance_id }) => instance_id === INSTANCE)!;
  const prediction = { instance_id: INSTANCE, model_name_or_path: 'gamma', model_patch: `A fix.\n${patch}` };
  await writeFiles(out, { 'gamma.jsonl': JSON.stringify(prediction) });
  const gamma = ['-p', path.join(out, 'gamma.jsonl')];
  const third = await run('third', ...gamma);
  expect(third.stderr).toContain('· prepare');
  expect(third.stderr).toContain('reused 1 result of other runs');
  const [known] = (await reportOf('first')).records.filter(({ model }) => model === 'beta');
  const [record] = (await reportOf('third')).records;
  expect(record).toMatchObject({ model: 'gamma', reusedFrom: null, divergences: known!.divergences });
  expect(record!.hashes).toMatchObject({ candidateEffect: known!.hashes.candidateEffect });
  expect(record!.hashes.candidatePatch).not.toBe(known!.hashes.candidatePatch);
  const replay = ['replay', path.join(out, 'third/report.json'), '--divergence', record!.divergences[0]!.id];
  expect(await cli(replay, { env })).toMatchObject({ exitCode: 1 });

  const fourth = await run('fourth', ...gamma);
  expect(fourth.stderr).not.toContain('· prepare'); // by now the text is known, too
  expect(fourth.stderr).toContain('reused 1 result of other runs');
  for (const [id, ...more] of [
    ['other-seed', '--seed', '1'],
    ['no-reuse', '--no-reuse'],
    ['retry', '--retry', 'all'],
  ] as const) {
    expect((await run(id, ...gamma, ...more)).stderr).not.toContain('reused');
  }
});
