import { existsSync } from 'node:fs';
import { cp, mkdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cli } from './cli.js';
import { temporaryDirectory } from './temporary-directory.js';
import { MINI } from './mini.js';

/** A finished run of all of `benchmarks/mini` with default options, which several test files share. Only read it. */
export interface SharedMini {
  /** The folder of the run, with its `report.json`. */
  readonly run: string;
  /** `XDG_CACHE_HOME` of the run: with it, a run of some of the instances takes its results. */
  readonly cache: string;
}

/**
 * The run in the folder that `PATCHDIFF_TEST_MINI_RUN` names. The first test that asks for it makes it, unless
 * whoever started the tests did; others wait. Throws where the run fails.
 */
export async function sharedMini(): Promise<SharedMini> {
  const place = process.env['PATCHDIFF_TEST_MINI_RUN'];
  if (place === undefined) throw new Error('PATCHDIFF_TEST_MINI_RUN is not set: see test/helpers/build.ts');
  const shared = { run: path.join(place, 'run'), cache: path.join(place, 'cache') };
  const lock = path.join(place, 'lock');
  await mkdir(place, { recursive: true });
  while (!(await taken(lock))) await delay(200);
  try {
    if (!existsSync(path.join(shared.run, 'report.json'))) await make(place, shared.cache);
  } finally {
    await rmdir(lock);
  }
  return shared;
}

/** A copy of the shared run, for a test that writes into its folder. Gives the folder of the run. */
export async function copyOfSharedMini(): Promise<string> {
  const { run } = await sharedMini();
  const copy = path.join(await temporaryDirectory(), 'run');
  await cp(run, copy, { recursive: true });
  return copy;
}

async function make(place: string, cache: string): Promise<void> {
  const env = { XDG_CACHE_HOME: cache };
  const result = await cli(['run', MINI, '--engine', 'local', '--out', place], { env });
  if (result.exitCode !== 0) throw new Error(`the run of benchmarks/mini failed: ${result.stderr}`);
}

/** Whether this call made the directory, which nobody had. */
async function taken(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
