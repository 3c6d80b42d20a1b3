import { afterEach, beforeEach, expect, it } from 'vitest';
import { findTargets } from '../../../../src/change/targets.js';
import { runDeveloperTests, type DeveloperResult } from '../../../../src/pipeline/tests/developer-tests.js';
import { Impact } from '../../../../src/pipeline/tests/impact.js';
import { surveySuite } from '../../../../src/pipeline/tests/suite.js';
import type { TestPlan } from '../../../../src/pipeline/tests/test-plan.js';
import { LocalEngine } from '../../../../src/observe/engine/local/local-engine.js';
import { removeDirectory } from '../../../../src/platform/remove-directory.js';
import { aTree } from '../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

const PRODUCT = 'def double(x):\n    return 2 * x\n\ndef half(x):\n    return x / 2\n';
const FILES = {
  'pkg/__init__.py': '',
  'pkg/sums.py': PRODUCT,
  'tests/test_double.py':
    'from pkg.sums import double\n\ndef test_two():\n    assert double(1) == 2\n\ndef test_four():\n    assert double(2) == 4\n',
  'tests/test_half.py': 'from pkg.sums import half\n\ndef test_half():\n    assert half(2) == 1\n',
  'tests/test_exit.py': 'import os\nos._exit(3)\n',
  // Only with the first of the hash seeds.
  'tests/test_once.py':
    'import sys\nfrom pkg.sums import double\n\ndef test_once():\n    double(1)\n    assert not sys.flags.hash_randomization\n',
};
const PLAN: TestPlan = {
  runner: 'unittest',
  importRoots: [''],
  seeds: [0, 1, 2],
  benchmark: [],
  developer: ['tests/test_double.py'],
  rest: ['tests/test_half.py'],
};

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

/** Gold is the unpatched code; the candidate has another body for `double`. */
async function judge(body: string, plan: TestPlan, suite: 'impacted' | 'full'): Promise<DeveloperResult> {
  const source = PRODUCT.replace('return 2 * x', body);
  const base = await aTree(directory, 'base', FILES);
  const gold = await aTree(directory, 'gold', FILES);
  const made = await aTree(directory, 'candidate', { ...FILES, 'pkg/sums.py': source });
  const candidate = { ...made, changedFiles: ['pkg/sums.py'] };
  const sides = { gold: await engine.openSide(gold, {}), candidate: await engine.openSide(candidate, {}) };
  const survey = await surveySuite(plan, sides.gold, suite, 120);
  const { trace } = survey;
  const targets = await findTargets(base, gold, candidate);
  const impact = trace && (await Impact.of(trace, targets, { base, gold, candidate }));
  return runDeveloperTests(plan, sides, survey, 120, (test) => impact?.reach(test) ?? 'possible');
}

it('runs on the candidate the tests that enter what it changed, and finds what the whole suite finds', async () => {
  const impacted = await judge('return x + 1', PLAN, 'impacted');
  const full = await judge('return x + 1', PLAN, 'full');
  expect(full.failures.map(({ id }) => id)).toEqual(['tests/test_double.py::test_four']);
  expect(impacted.failures).toEqual(full.failures);
  const files = { run: 2, of: 2 };
  expect(impacted.tests).toEqual({ suite: 'impacted', run: 2, of: 3, cut: 0, files });
  expect(full.tests).toEqual({ suite: 'full', run: 3, of: 3, cut: 0, files });
});

it('loses no test to a file that breaks the run it is part of', async () => {
  const plan = {
    ...PLAN,
    developer: [],
    rest: ['tests/test_exit.py', 'tests/test_double.py', 'tests/test_half.py'],
  };
  const { tests } = await judge('return x + 1', plan, 'impacted');
  expect(tests).toMatchObject({ run: 2, of: 3, files: { run: 2, of: 3 } });
});

it('does not count what gold fails too when the test is run by itself again', async () => {
  const plan = { ...PLAN, rest: ['tests/test_once.py'] };
  const { failures } = await judge('raise ValueError()', plan, 'impacted');
  expect(failures.map(({ id }) => id)).not.toContain('tests/test_once.py::test_once');
  expect(failures).toHaveLength(2);
});
