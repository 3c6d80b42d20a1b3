import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, onlyError } from '../helpers/cli.js';
import { temporaryDirectory, writeFiles } from '../helpers/git-fixtures.js';
import { MINI, readReport } from '../helpers/mini.js';

const LOCAL = ['--engine', 'local', '--budget', '5'];

/** Runs one instance of the mini benchmark with a patch of ours, and gives its verdict. */
async function verdictOf(patch: string) {
  const directory = await temporaryDirectory();
  const prediction = { instance_id: 'mini__jobq-2', model_name_or_path: 'ours', model_patch: patch };
  await writeFiles(directory, { 'ours.jsonl': `${JSON.stringify(prediction)}\n` });
  const what = ['-p', path.join(directory, 'ours.jsonl'), '-i', 'mini__jobq-2', '--out', directory];
  const result = await cli(['run', MINI, ...LOCAL, ...what]);
  expect(result).toMatchObject({ exitCode: 0 });
  const { records } = await readReport(path.join(directory, 'run', 'report.json'));
  return records.map(({ verdict }) => verdict);
}

describe('a run refuses with one clear error', () => {
  it.each([
    ['a dataset that is not there', ['run', 'no-such.jsonl', '-p', 'x.jsonl'], 'no-such.jsonl'],
    ['an instance that is not there', ['run', MINI, '-i', 'mini__jobq-9'], 'no instance mini__jobq-9'],
    ['predictions that are not there', ['run', MINI, '-p', 'no-such.jsonl'], 'no-such.jsonl'],
    ['no workers', ['run', MINI, '-j', '-2'], '--workers must be a positive integer'],
    ['a budget that is no number', ['run', MINI, '--budget', 'long'], '--budget must be'],
    ['an option that does not exist', ['run', MINI, '--bugdet', '3'], 'bugdet'],
    ['a command that does not exist', ['audit'], 'audit'],
    ['no command', [], 'Say what to do'],
  ])('%s', async (_what, args, message) => {
    const result = await cli([...args, '--out', await temporaryDirectory()]);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain(message);
  });

  it('a line that is not JSON, by file and line', async () => {
    const directory = await temporaryDirectory();
    const [first] = (await readFile(path.join(MINI, 'dataset.jsonl'), 'utf8')).split('\n');
    await writeFiles(directory, { 'data.jsonl': `${first}\n{"instance_id": \n` });
    const result = await cli(['run', path.join(directory, 'data.jsonl'), '-p', 'x.jsonl']);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain(`${directory}/data.jsonl:2: not valid JSON`);
  });

  it('an interpreter that is not there', async () => {
    const out = await temporaryDirectory();
    const args = ['-i', 'mini__jobq-2', '--python', '/nonexistent', '--out', out];
    const result = await cli(['run', MINI, '--engine', 'local', '--quiet', ...args]);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('/nonexistent cannot be run');
  });

  it('Docker that does not answer', async () => {
    const env = { DOCKER_HOST: `unix://${await temporaryDirectory()}/no.sock` };
    const args = ['--engine', 'docker', '--out', await temporaryDirectory()];
    const result = await cli(['run', MINI, ...args], { env });
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('Docker does not answer');
  });

  it('a file where the output folder should be', async () => {
    const directory = await temporaryDirectory();
    await writeFiles(directory, { out: 'a file' });
    const result = await cli(['run', MINI, ...LOCAL, '--out', path.join(directory, 'out')]);
    expect(result.exitCode).toBe(3);
    expect(onlyError(result)).toContain(`cannot write ${directory}/out`);
  });
});

describe('a run records as not applied', () => {
  it('a patch that leaves the tree', async () => {
    const patch = '--- a/../../evil.py\n+++ b/../../evil.py\n@@ -0,0 +1 @@\n+x = 1\n';
    expect(await verdictOf(patch)).toMatchObject([{ outcome: 'not-applied' }]);
  });

  it('a binary file without its content', async () => {
    const patch =
      'diff --git a/jobq/x.bin b/jobq/x.bin\nnew file mode 100644\nindex 0000000..1234567\nBinary files /dev/null and b/jobq/x.bin differ\n';
    expect(await verdictOf(patch)).toMatchObject([{ outcome: 'not-applied' }]);
  });
});
