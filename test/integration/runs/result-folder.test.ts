import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ResultFolder } from '../../../src/runs/result-folder.js';
import { aRecord } from '../../helpers/builders.js';
import { writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

const KEY = 'ab'.repeat(32);

it('gives back what was kept, and nothing for what is damaged', async () => {
  const directory = await temporaryDirectory();
  const sut = new ResultFolder(directory);
  expect(await sut.result(KEY)).toBeNull();
  const seen = { effect: 'e', strategy: 'git-apply' } as const;
  await sut.keepSeen(KEY, seen);
  await sut.keepResult(KEY, aRecord());
  expect(await sut.seen(KEY)).toEqual(seen);
  expect(await sut.result(KEY)).toEqual(aRecord());
  const files = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.json'));
  expect(files).toHaveLength(2);
  for (const file of files) await writeFile(path.join(directory, file), '{"effect": 1');
  expect([await sut.seen(KEY), await sut.result(KEY)]).toEqual([null, null]);
});

it('fails nobody when nothing can be kept', async () => {
  const directory = await temporaryDirectory();
  await writeFiles(directory, { file: '' });
  const sut = new ResultFolder(path.join(directory, 'file'));
  await sut.keepResult(KEY, aRecord());
  expect(await sut.result(KEY)).toBeNull();
});
