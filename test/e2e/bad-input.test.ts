import { once } from 'node:events';
import { chmod, cp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cli, onlyError, ROOT } from '../helpers/cli.js';
import { writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { MINI, readReport } from '../helpers/mini.js';

const POWERLESS = ['setpriv', '--bounding-set=-all', '--inh-caps=-all'];
const LOCAL = ['--engine', 'local', '--mutants', '100'];

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
    ['an option without its value', ['run', MINI, '--python'], 'python'],
    ['options without a command', [], 'a command is missing'],
  ])('%s', async (_what, args, message) => {
    const result = await cli([...args, '--out', await temporaryDirectory()]);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain(message);
  });

  it('a line that is not JSON, by file and line', async () => {
    const directory = await temporaryDirectory();
    const [first] = (await readFile(path.join(MINI, 'dataset.jsonl'), 'utf8')).split('\n');
    await writeFiles(directory, { 'data.jsonl': `${first}\n{"instance_id": \n` });
    const result = await cli(['run', path.join(directory, 'data.jsonl'), '-p', 'x.jsonl', '--strict']);
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

  it('Docker that takes calls and never answers', async () => {
    const socket = path.join(await temporaryDirectory(), 'silent.sock');
    const server = createServer((connection) => connection.on('error', () => undefined)).listen(socket);
    onTestFinished(() => {
      server.close();
    });
    await once(server, 'listening');
    const args = ['--engine', 'docker', '--out', await temporaryDirectory()];
    const result = await cli(['run', MINI, ...args], { env: { DOCKER_HOST: `unix://${socket}` } });
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('Docker does not answer: nothing within');
  });

  it('a file where the output folder should be', async () => {
    const directory = await temporaryDirectory();
    await writeFiles(directory, { out: 'a file' });
    const result = await cli(['run', MINI, ...LOCAL, '--out', path.join(directory, 'out')]);
    expect(result.exitCode).toBe(3);
    expect(onlyError(result)).toContain(`cannot write ${directory}/out`);
  });

  it('an output folder that the user may not write to', async () => {
    const directory = await temporaryDirectory();
    await chmod(directory, 0o555);
    const args = [`${ROOT}/bin/patchdiff.js`, 'run', MINI, ...LOCAL, '--out', directory];
    // Root may write everywhere, unless it gives that up.
    const [command, ...rest] =
      process.getuid?.() === 0 ? [...POWERLESS, process.execPath] : [process.execPath];
    const result = await execa(command, [...rest, ...args], { reject: false });
    expect(result.exitCode).toBe(3);
    expect(onlyError(result)).toContain(`cannot write ${directory}/run (EACCES)`);
    expect(result.stderr).toContain('choose another folder');
  });

  it('an installation whose syntax parser cannot be loaded', async () => {
    const copy = await temporaryDirectory();
    const installed = ['package.json', 'bin', 'dist', 'containers', 'benchmarks', 'node_modules/tree-sitter'];
    for (const name of installed) await cp(path.join(ROOT, name), path.join(copy, name), { recursive: true });
    for (const name of await readdir(path.join(ROOT, 'node_modules')))
      if (name !== 'tree-sitter')
        await symlink(path.join(ROOT, 'node_modules', name), path.join(copy, 'node_modules', name));
    const prebuilds = path.join(copy, 'node_modules/tree-sitter/prebuilds');
    for (const file of await readdir(prebuilds, { recursive: true }))
      if (file.endsWith('.node')) await writeFile(path.join(prebuilds, file), 'of another machine');
    const args = ['run', path.join(copy, 'benchmarks/mini'), ...LOCAL, '--out', path.join(copy, 'out')];
    const command = [path.join(copy, 'bin/patchdiff.js'), ...args];
    const result = await execa(process.execPath, command, { reject: false });
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain("tree-sitter's native addon cannot be loaded");
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

it('a run without Docker says that it is local, and why', async () => {
  const directory = await temporaryDirectory();
  const socket = `unix://${directory}/no.sock`;
  const args = ['-i', 'mini__inicfg-1', '--mutants', '100', '--out', directory];
  const result = await cli(['run', MINI, ...args], { env: { DOCKER_HOST: socket } });
  expect(result.exitCode).toBe(0);
  expect(result.stderr).toMatch(/^local, because Docker does not answer \(.*no\.sock\); /m);
});
