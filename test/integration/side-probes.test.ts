import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SideProbes } from '../../src/audit/side-probes.js';
import { LocalEngine } from '../../src/engine/local-engine.js';
import { removeDirectory } from '../../src/engine/remove-directory.js';
import { anInput } from '../helpers/builders.js';
import { HOSTILE_PACKAGE } from '../helpers/probe-fixtures.js';
import { aTree, temporaryDirectory } from '../helpers/side-fixtures.js';

describe(SideProbes, () => {
  let directory: string;
  let engine: LocalEngine;
  let sut: SideProbes;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    engine = new LocalEngine({
      python: undefined,
      sandbox: 'bubblewrap',
      workDirectory: directory,
      description: '',
    });
    const side = await engine.openSide(await aTree(directory, 'gold', HOSTILE_PACKAGE), {});
    sut = new SideProbes(side, { preload: [], importRoots: ['.'], secondsPerInput: 60 }, []);
  });
  afterEach(async () => {
    await sut.close();
    await engine.dispose();
    await removeDirectory(directory);
  });

  it('stops what it observes at once when a signal says so, and goes on with other work', async () => {
    const prelude = 'import time';
    const stop = new AbortController();
    const until = sut.until(stop.signal);
    const quick = anInput('1 + 1', { prelude });
    expect((await until.observe([quick], Infinity)).get(quick.id)?.outcome.kind).toBe('value');
    const began = Date.now();
    const slow = until.observe([anInput('time.sleep(50)', { prelude })], Infinity);
    setTimeout(() => {
      stop.abort(new Error('give way'));
    }, 200);
    await expect(slow).rejects.toThrow('give way');
    expect(Date.now() - began).toBeLessThan(10_000);
    await expect(until.observe([quick], Infinity)).rejects.toThrow('give way');
    expect((await sut.observe([quick], Infinity)).get(quick.id)?.outcome.kind).toBe('value');
  });
});
