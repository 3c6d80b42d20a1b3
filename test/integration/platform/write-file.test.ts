import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { writeWhole } from '../../../src/platform/write-file.js';
import { rejected } from '../../helpers/rejected.js';
import { smallDisk } from '../../helpers/small-disk.js';

it('keeps the old content, and says so, when the disk fills in the middle of the writing', async (context) => {
  const disk = await smallDisk(context, 64);
  const file = path.join(disk.directory, 'report.json');
  await writeWhole(file, 'old');
  const error = await rejected(writeWhole(file, 'x'.repeat(200_000)));
  expect(error).toMatchObject({ name: 'InfraError', code: 'disk-full' });
  expect(await readFile(file, 'utf8')).toBe('old');
  expect(await readdir(disk.directory)).toEqual(['report.json']);
});
