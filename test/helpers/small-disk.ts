import { rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { onTestFinished, type TestContext } from 'vitest';
import { temporaryDirectory } from './temporary-directory.js';

/** A real file system of a few kilobytes, for the time of a test. */
export interface SmallDisk {
  readonly directory: string;
  /** Takes all the room there is. */
  fill(): Promise<void>;
  /** Gives back what `fill` took. */
  empty(): Promise<void>;
  resize(kilobytes: number): Promise<void>;
}

/** Skips the test, and says so, for a user who may not mount; fails where root may not either. */
export async function smallDisk(context: TestContext, kilobytes: number): Promise<SmallDisk> {
  const directory = await temporaryDirectory();
  const size = (amount: number) => `size=${amount}k`;
  const mount = ['-t', 'tmpfs', '-o', size(kilobytes), 'tmpfs', directory];
  const { failed, stderr } = await execa('mount', mount, { reject: false });
  if (failed && process.getuid?.() === 0) throw new Error(`cannot mount a small disk: ${stderr}`);
  if (failed) context.skip(`needs root, to mount a small disk: ${stderr}`);
  onTestFinished(async () => {
    await execa('umount', [directory]);
  });
  const filler = path.join(directory, 'filler');
  return {
    directory,
    async fill() {
      const { bavail, bsize } = await statfs(directory);
      await writeFile(filler, Buffer.alloc(bavail * bsize));
    },
    empty: () => rm(filler),
    async resize(amount) {
      await execa('mount', ['-o', `remount,${size(amount)}`, directory]);
    },
  };
}
