import { createServer, connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Observation } from '../../../../src/model/observation.js';
import type { Service } from '../../../../src/model/recipe.js';
import type { Side } from '../../../../src/observe/engine/engine.js';
import { LocalEngine } from '../../../../src/observe/engine/local/local-engine.js';
import { openProbe } from '../../../../src/observe/probe/session.js';
import { runTests } from '../../../../src/observe/probe/test-run.js';
import { removeDirectory } from '../../../../src/platform/remove-directory.js';
import { ASKING, ECHO } from '../../../helpers/echo-service.js';
import { aProgram } from '../../../helpers/probe-fixtures.js';
import { aTree } from '../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

const TESTS = {
  importRoots: [''],
  runner: 'unittest',
  files: ['tests/test_ask.py'],
  secondsPerTest: 30,
  seconds: 60,
  hashSeed: 0,
} as const;
const textOf = ({ outcome }: Observation): unknown =>
  outcome.kind === 'value' && 'v' in outcome.value ? outcome.value.v : outcome.kind;

describe.each(['bubblewrap', 'none'] as const)('services, sandbox: %s', (sandbox) => {
  let directory: string;
  let engine: LocalEngine;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    engine = new LocalEngine({ python: undefined, sandbox, workDirectory: directory, description: '' });
  });
  afterEach(async () => {
    await engine.dispose();
    await removeDirectory(directory);
  });

  const open = async (name: 'gold' | 'candidate', services: readonly Service[] = [ECHO]) =>
    engine.openSide(await aTree(directory, name, ASKING), { services });

  /** What the inputs give on a side. */
  async function observed(side: Side, ...sources: string[]): Promise<unknown[]> {
    const limits = { memoryMb: 2048, outputBytes: 10_000, valueBytes: 10_000 };
    const session = await openProbe(side, { hashSeed: 0, preload: ['pkg.ask'], targets: [], limits });
    try {
      const program = aProgram('p', sources, 'from pkg.ask import *');
      const answers = await session.observe([program], { secondsPerInput: 10, secondsPerProgram: 60 });
      return [...answers.values()].map(textOf);
    } finally {
      await session.close();
    }
  }

  it('answer the tests of a side', async () => {
    const { results, output } = await runTests(await open('gold'), TESTS);
    expect(results, output).toMatchObject([{ id: 'tests/test_ask.py::test_ask', status: 'passed' }]);
  });

  it('answer inputs, the same on every side at the same time', async () => {
    const sides = [await open('gold'), await open('candidate')];
    const [gold, candidate] = await Promise.all(sides.map((side) => observed(side, 'ask("x")', 'address()')));
    expect(gold?.[0]).toBe('/x');
    expect(candidate).toEqual(gold);
  });

  it('that end by themselves are what a run says', async () => {
    const broken = { ...ECHO, command: ['python', '-c', 'raise SystemExit("no module {port}")'] };
    const { results, ended, output } = await runTests(await open('gold', [broken]), TESTS);
    expect({ results, ended }).toEqual({ results: [], ended: 'crashed' });
    expect(output).toContain('the service echo ended: no module 2');
    await expect(observed(await open('gold', [broken]), 'address()')).rejects.toThrow(
      'the service echo ended: no module 2',
    );
  });

  it.runIf(sandbox === 'bubblewrap')('open no way out of the sandbox, nor into it', async () => {
    const outside = createServer();
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = outside.address() as AddressInfo;
      const side = await open('gold');
      const [reached, address] = await observed(side, `str(reaches(${port}))`, 'address()');
      expect(reached).toBe('False');
      const inside = Number(new URL(String(address)).port);
      await expect(reach(inside)).resolves.toBe(false);
    } finally {
      outside.close();
    }
  });
});

const reach = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const client = connect(port, '127.0.0.1', () => {
      client.destroy();
      resolve(true);
    });
    client.once('error', () => {
      resolve(false);
    });
  });
