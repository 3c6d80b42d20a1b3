import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secondsFromNow } from '../../src/platform/budget.js';
import type { DockerEngine } from '../../src/observe/engine/docker/docker-engine.js';
import type { Side } from '../../src/observe/engine/engine.js';
import { removeDirectory } from '../../src/platform/remove-directory.js';
import { openProbe, type ObserveOptions } from '../../src/observe/probe/session.js';
import { runTests } from '../../src/observe/probe/test-run.js';
import { aDockerEngine, IMAGE } from '../helpers/docker-fixtures.js';
import { aProgram, HOSTILE_PACKAGE, outcomes } from '../helpers/probe-fixtures.js';
import { aTree } from '../helpers/side-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const PATIENT: ObserveOptions = { secondsPerInput: 5, secondsPerProgram: 30 };
const TESTS = { 'tests/test_work.py': 'def test_one():\n    assert 1\n\ndef test_two():\n    assert 0\n' };

describe('the probe in a container', () => {
  let directory: string;
  let engine: DockerEngine;
  let side: Side;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    engine = await aDockerEngine();
    side = await engine.openSide(await aTree(directory, 'gold', { ...HOSTILE_PACKAGE, ...TESTS }), {
      image: IMAGE,
    });
  });
  afterEach(async () => {
    await engine.dispose();
    await removeDirectory(directory);
  });

  const open = (hashSeed = 0) =>
    openProbe(side, {
      hashSeed,
      preload: ['pkg.work'],
      targets: [{ file: 'pkg/work.py', qualname: 'double' }],
      limits: { memoryMb: 2048, outputBytes: 10_000, valueBytes: 10_000 },
    });

  it('observes, goes on after inputs that hang, die or take too much, and outlives its server', async () => {
    const sut = await open();
    const sources = ['loop()', 'segfault()', 'hog()', 'flood()', 'kill_server()', 'double(1)'];
    const observations = await sut.observe([aProgram('p', sources)], { ...PATIENT, secondsPerInput: 1 });
    expect(outcomes(observations)).toEqual({
      'p-0': 'timeout',
      'p-1': 'crashed',
      'p-2': 'resource',
      'p-3': 'resource',
      'p-4': 'crashed',
      'p-5': 'value 2',
    });
    expect(observations.get('p-5')?.hits).toEqual(['pkg/work.py::double']);
    await sut.close();
  });

  it('serves two sessions on one side, each with its hash seed', async () => {
    const sessions = await Promise.all([open(1), open(2)]);
    const program = aProgram('p', ['import os; os.environ["PYTHONHASHSEED"]']);
    const seen = await Promise.all(sessions.map((sut) => sut.observe([program], PATIENT)));
    expect(seen.map(outcomes)).toEqual([{ 'p-0': 'value 1' }, { 'p-0': 'value 2' }]);
  });

  it('leaves out what the limit cuts, and works on afterwards', async () => {
    const sut = await open();
    const observations = await sut.observe([aProgram('p', ['double(1)', 'loop()', 'double(2)'])], {
      secondsPerInput: 60,
      secondsPerProgram: 90,
      limit: secondsFromNow(2),
    });
    expect(outcomes(observations)).toEqual({ 'p-0': 'value 2' });
    expect(outcomes(await sut.observe([aProgram('q', ['double(3)'])], PATIENT))).toEqual({
      'q-0': 'value 6',
    });
  });

  it('fails when its side is closed under it', async () => {
    const sut = await open();
    const observing = sut.observe([aProgram('p', ['loop()'])], {
      secondsPerInput: 60,
      secondsPerProgram: 90,
    });
    setTimeout(() => void side.dispose(), 500);
    await expect(observing).rejects.toMatchObject({ name: 'InfraError', code: 'side-closed' });
  });

  it.each(['pytest', 'unittest'] as const)('runs tests with %s', async (runner) => {
    const run = await runTests(side, {
      importRoots: [''],
      runner,
      files: ['tests/test_work.py'],
      secondsPerTest: 30,
      seconds: 60,
      hashSeed: 0,
    });
    expect(run.ended).toBe('completed');
    expect(run.results.map(({ id, status }) => [id, status])).toEqual([
      ['tests/test_work.py::test_one', 'passed'],
      ['tests/test_work.py::test_two', 'failed'],
    ]);
  });
});
