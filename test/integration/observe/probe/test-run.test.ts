import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalEngine } from '../../../../src/observe/engine/local/local-engine.js';
import { removeDirectory } from '../../../../src/platform/remove-directory.js';
import { runTests, type TestRunOptions } from '../../../../src/observe/probe/test-run.js';
import { aTree } from '../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

const TESTS = {
  'tests/test_good.py':
    'print("shown", flush=True)\n\ndef test_one():\n    assert True\n\ndef test_two():\n    assert 1 == 2\n',
  'tests/test_hang.py': 'def test_first():\n    pass\n\ndef test_hang():\n    while True: pass\n',
};
const OPTIONS: TestRunOptions = {
  importRoots: [''],
  runner: 'unittest',
  files: ['tests/test_good.py'],
  secondsPerTest: 30,
  seconds: 60,
  hashSeed: 0,
};

describe('a test run', () => {
  let directory: string;
  let engine: LocalEngine;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    engine = new LocalEngine({
      python: undefined,
      sandbox: 'bubblewrap',
      workDirectory: directory,
      description: '',
    });
  });
  afterEach(async () => {
    await engine.dispose();
    await removeDirectory(directory);
  });

  const run = async (options: Partial<TestRunOptions>, files: Record<string, string> = TESTS) =>
    runTests(await engine.openSide(await aTree(directory, 'gold', files), {}), { ...OPTIONS, ...options });

  it('gives the status of every test, and the output apart', async () => {
    const { results, ended, output } = await run({});
    expect(results.map(({ id, status }) => [id, status])).toEqual([
      ['tests/test_good.py::test_one', 'passed'],
      ['tests/test_good.py::test_two', 'failed'],
    ]);
    expect(ended).toBe('completed');
    expect(output).toContain('shown');
  });

  it('runs only what was selected', async () => {
    const { results } = await run({ select: ['tests/test_good.py::test_two'] });
    expect(results.map(({ id }) => id)).toEqual(['tests/test_good.py::test_two']);
  });

  it('keeps what was reported when the time is up', async () => {
    const { results, ended } = await run({ files: ['tests/test_hang.py'], seconds: 3 });
    expect(results.map(({ id, status }) => [id, status])).toEqual([
      ['tests/test_hang.py::test_first', 'passed'],
    ]);
    expect(ended).toBe('timeout');
  });

  it('gives a hanging test up and goes on', async () => {
    const { results, ended } = await run({ files: Object.keys(TESTS).reverse(), secondsPerTest: 1 });
    expect(results).toContainEqual(
      expect.objectContaining({ id: 'tests/test_hang.py::test_hang', status: 'timeout' }),
    );
    expect(results).toContainEqual(
      expect.objectContaining({ id: 'tests/test_good.py::test_one', status: 'passed' }),
    );
    expect(ended).toBe('completed');
  });
});
