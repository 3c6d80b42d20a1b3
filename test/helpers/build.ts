import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** Builds the command line that the tests drive, so that none runs against the output of older sources. */
export async function setup(): Promise<void> {
  await execa('npm', ['run', 'build'], { cwd: fileURLToPath(new URL('../..', import.meta.url)) });
}
