import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const made = new Set<string>();

/** A new empty directory, removed once all tests of the file have ended. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'patchdiff-test-'));
  made.add(directory);
  return directory;
}

/** Has a directory that a command may make removed with those that tests make. */
export function removeAfterwards(directory: string): string {
  made.add(directory);
  return directory;
}

/** Removes them all; what a process that was killed a moment ago still writes to is left. */
export async function removeTemporaryDirectories(): Promise<void> {
  const directories = [...made];
  made.clear();
  await Promise.allSettled(
    directories.map((each) => rm(each, { recursive: true, force: true, maxRetries: 2 })),
  );
}
