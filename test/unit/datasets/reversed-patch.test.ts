import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { execa } from 'execa';
import { reversedPatch } from '../../../src/datasets/reversed-patch.js';
import { writeFiles, userGit } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

const before = { 'x.py': 'a\nb\nc\nd\n-- e\n', 'gone.py': 'g\n', 'end.py': 'one\ntwo' };
const after = { 'x.py': 'a\nB\nc\nD\nD2\n++ e\n', 'new.py': 'n\r\n', 'end.py': 'one\ntwo\n' };

it('undoes changed, added and deleted files, and missing final newlines, as `git apply --reverse` does', async () => {
  const directory = await temporaryDirectory();
  await writeFiles(directory, before);
  await userGit(directory, 'init', '-q');
  await userGit(directory, 'add', '-A');
  await userGit(directory, 'commit', '-qm', 'before');
  await userGit(directory, 'rm', '-q', 'gone.py');
  await writeFiles(directory, after);
  await userGit(directory, 'add', '-A');
  const patch = `${await userGit(directory, 'diff', '--cached')}\n`;
  await execa('git', ['apply', '-'], { cwd: directory, input: reversedPatch(patch) });
  for (const [name, text] of Object.entries(before))
    expect(await readFile(path.join(directory, name), 'utf8')).toBe(text);
  await expect(readFile(path.join(directory, 'new.py'))).rejects.toThrow('ENOENT');
  expect(reversedPatch(reversedPatch(patch))).toBe(patch);
});
