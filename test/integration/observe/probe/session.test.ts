import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secondsFromNow } from '../../../../src/platform/budget.js';
import type { Side } from '../../../../src/observe/engine/engine.js';
import { LocalEngine } from '../../../../src/observe/engine/local/local-engine.js';
import { MARK } from '../../../../src/platform/marked-processes.js';
import { removeDirectory } from '../../../../src/platform/remove-directory.js';
import { openProbe, type ObserveOptions, type ProbeSession } from '../../../../src/observe/probe/session.js';
import { processesIn } from '../../../helpers/processes.js';
import { aProgram, HOSTILE_PACKAGE, outcomes } from '../../../helpers/probe-fixtures.js';
import { aTree } from '../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

const PATIENT: ObserveOptions = { secondsPerInput: 5, secondsPerProgram: 30 };
const TARGETS = [{ file: 'pkg/work.py', qualname: 'double' }];

describe('a probe session', () => {
  let directory: string;
  let engine: LocalEngine;
  let side: Side;
  let sut: ProbeSession;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    engine = new LocalEngine({
      python: undefined,
      sandbox: 'bubblewrap',
      workDirectory: directory,
      description: '',
    });
    side = await engine.openSide(await aTree(directory, 'gold', HOSTILE_PACKAGE), {});
    sut = await openProbe(side, {
      hashSeed: 0,
      preload: ['pkg.work', 'pkg.absent'],
      targets: TARGETS,
      limits: { memoryMb: 2048, outputBytes: 10_000, valueBytes: 10_000 },
    });
  });
  afterEach(async () => {
    await engine.dispose();
    await removeDirectory(directory);
  });

  it('says what it was opened in', () => {
    expect(sut.facts).toMatchObject({ implementation: 'CPython', failed: [{ module: 'pkg.absent' }] });
    expect(sut.facts.python).toMatch(/^3\.\d+\.\d+$/);
  });

  it('observes every input, with its value, output and hits', async () => {
    const program = aProgram('p', ['double(2)', 'print("hi")', '1 / 0']);
    const observations = await sut.observe([program], PATIENT);
    expect(outcomes(observations)).toEqual({ 'p-0': 'value 4', 'p-1': 'value none', 'p-2': 'raised' });
    expect(observations.get('p-0')?.hits).toEqual(['pkg/work.py::double']);
    expect(observations.get('p-1')?.stdout).toBe('hi\n');
  });

  it('does not tell the mark of its process apart from that of another', async () => {
    const shown = aProgram('p', [`import os; os.environ[${JSON.stringify(MARK)}] + " of 2"`]);
    expect(outcomes(await sut.observe([shown], PATIENT))).toEqual({ 'p-0': 'value <run> of 2' });
  });

  it('goes on after inputs that hang, die or take too much', async () => {
    const program = aProgram('p', ['loop()', 'segfault()', 'hog()', 'flood()', 'double(1)']);
    const observations = await sut.observe([program], { ...PATIENT, secondsPerInput: 1 });
    expect(outcomes(observations)).toEqual({
      'p-0': 'timeout',
      'p-1': 'crashed',
      'p-2': 'resource',
      'p-3': 'resource',
      'p-4': 'value 2',
    });
  });

  it('replaces a server that dies: the input it was at is crashed, the others are observed', async () => {
    const programs = [
      aProgram('p', ['double(1)', 'kill_server()', 'double(2)']),
      aProgram('q', ['double(3)']),
    ];
    expect(outcomes(await sut.observe(programs, PATIENT))).toEqual({
      'p-0': 'value 2',
      'p-1': 'crashed',
      'p-2': 'value 4',
      'q-0': 'value 6',
    });
  });

  it('gives up a program that kills two servers', async () => {
    const programs = [
      aProgram('p', ['kill_server()', 'kill_server()', 'double(1)']),
      aProgram('q', ['double(3)']),
    ];
    expect(outcomes(await sut.observe(programs, PATIENT))).toEqual({
      'p-0': 'crashed',
      'p-1': 'crashed',
      'p-2': 'crashed',
      'q-0': 'value 6',
    });
  });

  it('leaves out what the limit cuts, and works on afterwards', async () => {
    const program = aProgram('p', ['double(1)', 'loop()', 'double(2)']);
    const observations = await sut.observe([program], {
      secondsPerInput: 60,
      secondsPerProgram: 90,
      limit: secondsFromNow(2),
    });
    expect(outcomes(observations)).toEqual({ 'p-0': 'value 2' });
    expect(outcomes(await sut.observe([aProgram('q', ['double(3)'])], PATIENT))).toEqual({
      'q-0': 'value 6',
    });
  });

  it('has a server again once it is ready, after the limit cut one', async () => {
    const servers = async () => (await processesIn(directory)).length;
    await sut.observe([aProgram('p', ['loop()'])], { ...PATIENT, limit: secondsFromNow(0.5) });
    expect(await servers()).toBe(0);
    await sut.ready();
    expect(await servers()).toBeGreaterThan(0);
  });

  it('stops at once when aborted', async () => {
    const abort = new AbortController();
    const observing = sut.observe([aProgram('p', ['loop()'])], {
      secondsPerInput: 60,
      secondsPerProgram: 90,
      signal: abort.signal,
    });
    setTimeout(() => {
      abort.abort(new Error('enough'));
    }, 500);
    await expect(observing).rejects.toThrow('enough');
    await expect(sut.observe([aProgram('q', ['1'])], { ...PATIENT, signal: abort.signal })).rejects.toThrow(
      'enough',
    );
  });

  it('is given up while it starts', async () => {
    const tree = await aTree(directory, 'candidate', { 'slow.py': 'import time\ntime.sleep(300)\n' });
    const limits = { memoryMb: 2048, outputBytes: 10_000, valueBytes: 10_000 };
    const options = { hashSeed: 0, preload: ['slow'], targets: [], limits };
    const opening = openProbe(await engine.openSide(tree, {}), options, AbortSignal.timeout(1000));
    await expect(opening).rejects.toThrow('timeout');
  });

  it('fails when its side is closed under it', async () => {
    const observing = sut.observe([aProgram('p', ['loop()'])], {
      secondsPerInput: 60,
      secondsPerProgram: 90,
    });
    setTimeout(() => void side.dispose(), 500);
    await expect(observing).rejects.toMatchObject({ name: 'InfraError', code: 'side-closed' });
  });

  it('observes more programs than fit one request', async () => {
    const padding = '#'.repeat(100_000);
    const programs = Array.from({ length: 30 }, (_, index) =>
      aProgram(`p${index}`, [`double(${index})`], `from pkg.work import *\n${padding}`),
    );
    const observations = await sut.observe(programs, PATIENT);
    expect([...observations.keys()]).toEqual(programs.map(({ id }) => `${id}-0`));
    expect(outcomes(observations)).toMatchObject({ 'p29-0': 'value 58' });
  });

  it('resolves names to the first module that has them', async () => {
    expect(await sut.resolve(['pkg', 'pkg.work', 'os'], ['double', 'getcwd', 'absent'])).toEqual({
      double: 'pkg.work',
      getcwd: 'os',
    });
  });

  it('verifies a test file', async () => {
    const source = (value: number) =>
      `from pkg.work import double\n\ndef test_it():\n    assert double(2) == ${value}\n`;
    expect(await sut.verify(source(4), 10)).toEqual({ status: 'passed' });
    expect(await sut.verify(source(5), 10)).toMatchObject({
      status: 'failed',
      exception: { type: 'builtins.AssertionError' },
    });
    expect(await sut.verify('def test_it():\n    while True: pass\n', 1)).toMatchObject({
      status: 'timeout',
    });
    expect(await sut.verify('def broken(:', 10)).toMatchObject({ status: 'error' });
  });

  it('leaves no process once closed', async () => {
    await sut.observe([aProgram('p', ['double(1)'])], PATIENT);
    expect(await processesIn(directory)).not.toEqual([]);
    await sut.close();
    expect(await processesIn(directory)).toEqual([]);
  });
});
