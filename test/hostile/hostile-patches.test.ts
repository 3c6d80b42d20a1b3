import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NIGHTLY } from '../helpers/nightly.js';
import { prepareSide } from '../../src/trees/side-tree.js';
import { openRepository, type Repository } from '../../src/trees/repository.js';
import { removeDirectory } from '../../src/platform/remove-directory.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

/** Patches that are small as text and large as files. */
describe('a patch that makes more than can be read', () => {
  let directory: string;
  let repository: Repository;

  const git = (...args: string[]) => execa('git', ['-C', path.join(directory, 'repo'), ...args]);
  beforeAll(async () => {
    directory = await temporaryDirectory();
    await mkdir(path.join(directory, 'repo'));
    await git('init', '-q', '-b', 'main');
    await writeFile(path.join(directory, 'repo', 'a.py'), 'A = 1\n');
    await git('add', '.');
    await git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'base');
    const opened = await openRepository('demo', path.join(directory, 'repo', '.git'), directory);
    if (opened === null) throw new Error('no repository');
    repository = opened;
  });
  afterAll(() => removeDirectory(directory));

  /** The patch that adds one file of `size` bytes that compresses well, in git's binary form. */
  async function patchAdding(name: string, size: number, line: string): Promise<string> {
    const content = Buffer.alloc(size, line);
    content[0] = 0; // taken for binary
    await writeFile(path.join(directory, 'repo', name), content);
    await git('add', '-f', '.');
    const { stdout } = await git('diff', '--cached', '--binary', 'HEAD');
    await git('reset', '-q', '--hard');
    expect(stdout.length).toBeLessThan(gzipSync(content).length * 20);
    return `${stdout}\n\n`;
  }

  const prepare = (patch: string) =>
    prepareSide({
      repository,
      baseCommit: 'main',
      side: 'candidate',
      patch,
      testPatch: '',
      workDirectory: path.join(directory, 'side'),
    });

  it('is not applied where the Python in it is too much to parse', async () => {
    const prepared = await prepare(await patchAdding('big.py', 24 * 1024 * 1024, 'x = 1\n'));
    expect(prepared).toMatchObject({
      kind: 'patch-not-applied',
      reason: expect.stringMatching(/^too large: .*24 MB/) as string,
    });
  });

  it.runIf(NIGHTLY)('is not applied where a file is too large to write', async () => {
    const prepared = await prepare(await patchAdding('big.bin', 600 * 1024 * 1024, 'x'));
    expect(prepared.kind).toBe('patch-not-applied');
  });

  it('is not applied where its folders are deeper than paths are long', async () => {
    const deep = `${'d/'.repeat(1500)}a.py`;
    const patch = `diff --git a/${deep} b/${deep}\nnew file mode 100644\n--- /dev/null\n+++ b/${deep}\n@@ -0,0 +1 @@\n+x = 1\n`;
    expect(await prepare(patch)).toMatchObject({
      kind: 'patch-not-applied',
      reason: expect.stringContaining('1500 folders') as string,
    });
  });
});
