import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { removeDirectory } from '../../src/platform/remove-directory.js';
import { aDockerEngine, containersOf, IMAGE, requireImage } from '../helpers/docker-fixtures.js';
import { aTree } from '../helpers/side-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

let directory: string;

beforeAll(requireImage);
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => removeDirectory(directory));

it.each([0, 60, 120, 240])(
  'leaves no container when disposed of %i ms into the opening of a side',
  async (milliseconds) => {
    const runId = randomUUID();
    const tree = await aTree(directory, 'gold', { 'a.py': '' });
    const sut = await aDockerEngine({ runId });
    const opening = sut.openSide(tree, { image: IMAGE }).catch(() => undefined);
    await delay(milliseconds);
    await sut.dispose();
    expect(await containersOf(runId)).toEqual([]);
    await opening;
    expect(await containersOf(runId)).toEqual([]);
  },
);
