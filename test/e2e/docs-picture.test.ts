import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../helpers/cli.js';
import { writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { MINI } from '../helpers/mini.js';
import { terminalPicture } from '../helpers/terminal-picture.js';

/** A pair of the mini benchmark whose patch passes the tests and leaves an example of the issue unfixed. */
const INSTANCE = 'mini__intervals-1';
const MODEL = 'beta';
const REPOSITORY = 'intervals';

const SIDES = ['check', '--repo', REPOSITORY, '--gold', 'gold.patch', '--candidate', 'candidate.patch'];
const HOW = ['--issue', 'issue.md', '--quiet'];
/** The verdict and the first divergence; the counts and the seconds at the end are not of interest. */
const LINES = 14;

type Row = Readonly<Record<string, string>>;

async function rowOf(file: string): Promise<Row> {
  const rows = (await readFile(path.join(MINI, file), 'utf8')).trim().split('\n');
  return rows.map((row) => JSON.parse(row) as Row).find((row) => row['instance_id'] === INSTANCE) ?? {};
}

// `npm run docs:picture` draws it again: look at the difference.
it('is what the README shows of a divergence', async () => {
  const directory = await temporaryDirectory();
  await cp(path.join(MINI, 'repos', REPOSITORY), path.join(directory, REPOSITORY), { recursive: true });
  const { patch = '', problem_statement: issue = '' } = await rowOf('dataset.jsonl');
  const { model_patch: candidate = '' } = await rowOf(`predictions/${MODEL}.jsonl`);
  await writeFiles(directory, { 'gold.patch': patch, 'candidate.patch': candidate, 'issue.md': issue });
  // Without a sandbox, which not every machine has: these patches are part of this repository.
  const { stdout, stderr, exitCode } = await cli([...SIDES, ...HOW, '--no-sandbox'], { cwd: directory });
  expect([exitCode, stderr]).toEqual([1, '']);
  const shown = stdout.split('\n').slice(0, LINES).join('\n');
  const command = [`npx patchdiff ${SIDES.join(' ')} \\`, `${HOW.join(' ')} | head -n ${LINES}`];
  const picture = terminalPicture(command, shown);
  await expect(picture).toMatchFileSnapshot('../../docs/divergence.svg');
});
