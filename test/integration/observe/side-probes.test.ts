import { afterEach, describe, expect, it } from 'vitest';
import { NO_LIMIT } from '../../../src/platform/budget.js';
import { EARLIER_SEEDS } from '../../../src/model/options.js';
import { SideProbes } from '../../../src/observe/side-probes.js';
import { LocalEngine } from '../../../src/observe/engine/local/local-engine.js';
import { removeDirectory } from '../../../src/platform/remove-directory.js';
import { anInput } from '../../helpers/builders.js';
import { HOSTILE_PACKAGE } from '../../helpers/probe-fixtures.js';
import { aTree } from '../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

describe(SideProbes, () => {
  let directory: string;
  let engine: LocalEngine;
  let sut: SideProbes;

  const open = async (sandbox: 'bubblewrap' | 'none') => {
    directory = await temporaryDirectory();
    engine = new LocalEngine({ python: undefined, sandbox, workDirectory: directory, description: '' });
    const side = await engine.openSide(await aTree(directory, 'gold', HOSTILE_PACKAGE), {});
    sut = new SideProbes(side, { preload: [], importRoots: ['.'], secondsPerInput: 60, seed: 0 }, []);
  };
  afterEach(async () => {
    await sut.close();
    await engine.dispose();
    await removeDirectory(directory);
  });

  it('stops what it observes at once when a signal says so, and goes on with other work', async () => {
    await open('bubblewrap');
    const prelude = 'import time';
    const stop = new AbortController();
    const until = sut.until(stop.signal);
    const quick = anInput('1 + 1', { prelude });
    expect((await until.observe([quick], NO_LIMIT)).get(quick.id)?.outcome.kind).toBe('value');
    const slow = until.observe([anInput('time.sleep(50)', { prelude })], NO_LIMIT);
    setTimeout(() => {
      stop.abort(new Error('give way'));
    }, 200);
    await expect(slow).rejects.toThrow('give way');
    await expect(until.observe([quick], NO_LIMIT)).rejects.toThrow('give way');
    expect((await sut.observe([quick], NO_LIMIT)).get(quick.id)?.outcome.kind).toBe('value');
  });

  it.each(['bubblewrap', 'none'] as const)(
    'answers otherwise under another hash seed where the letters of its paths are shown (sandbox: %s)',
    async (sandbox) => {
      await open(sandbox);
      const input = anInput('sorted({c for c in tempfile.mkdtemp() if c.isupper()})', {
        prelude: 'import tempfile',
      });
      const [first, second] = await Promise.all(
        EARLIER_SEEDS.map((seed) => sut.observeAlone([input], seed, NO_LIMIT)),
      );
      expect(first?.get(input.id)?.outcome.kind).toBe('value');
      expect(second?.get(input.id)).not.toEqual(first?.get(input.id));
    },
  );
});
