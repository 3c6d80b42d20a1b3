import { rm } from 'node:fs/promises';
import { execa } from 'execa';

/** Removes a directory in which code under test may have taken away permissions. */
export async function removeDirectory(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true });
  } catch {
    await execa('chmod', ['-R', 'u+rwX', directory], { reject: false });
    await rm(directory, { recursive: true, force: true });
  }
}
