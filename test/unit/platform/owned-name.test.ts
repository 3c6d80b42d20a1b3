import { execa } from 'execa';
import { expect, it } from 'vitest';
import { isOrphaned, ownerMark } from '../../../src/platform/owned-name.js';

it('tells the files of a process that is gone from those of one that lives, or of another place', async () => {
  const mark = ownerMark();
  const { stdout: gone } = await execa('sh', ['-c', 'echo $$']);
  const left = mark.replace(/^\d+/, gone);
  expect(isOrphaned(`patchdiff-run-${mark}-Ab3_x9`)).toBe(false);
  expect(isOrphaned(`patchdiff-run-${left}-Ab3_x9`)).toBe(true);
  expect(isOrphaned(`.report.json.${left}-2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d`)).toBe(true);
  expect(isOrphaned(`patchdiff-run-${gone}-00000000-Ab3_x9`)).toBe(false);
  expect(isOrphaned('patchdiff-x8Gh2k')).toBe(false);
});
