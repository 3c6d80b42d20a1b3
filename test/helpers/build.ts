import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { virtualEnvironment } from './virtual-environment.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let ours: string | undefined;

/**
 * Builds the command line that the tests drive, so that none runs against the output of older sources; names a place
 * for the run of the mini benchmark that they share, and a Python that has pytest, unless the environment names them.
 */
export async function setup(): Promise<void> {
  if (process.env['PATCHDIFF_TEST_BUILT'] !== '1') await execa('npm', ['run', 'build'], { cwd: ROOT });
  process.env['PATCHDIFF_TEST_PYTEST'] ??= await virtualEnvironment('pytest');
  if (process.env['PATCHDIFF_TEST_MINI_RUN'] !== undefined) return;
  ours = await mkdtemp(path.join(tmpdir(), 'patchdiff-test-mini-'));
  process.env['PATCHDIFF_TEST_MINI_RUN'] = ours;
}

export async function teardown(): Promise<void> {
  if (ours !== undefined) await rm(ours, { recursive: true, force: true });
}
