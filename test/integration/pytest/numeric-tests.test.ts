import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { compareObservations } from '../../../src/compare/compare.js';
import { renderTests } from '../../../src/pytest/test-source.js';
import type { Canonical } from '../../../src/model/observation.js';
import { anInput, answered } from '../../helpers/builders.js';
import { LOAD_AND_STATUS } from '../../helpers/python-modules.js';

/**
 * Two steps: `read` gives the canonical form of what `f` of each version returns, as the probe sees it; `run` gives for
 * each text whether it passes with each version.
 */
const DRIVER = `${LOAD_AND_STATUS}
job = json.load(sys.stdin)
sys.path.insert(0, job['probe'])
from patchdiff_probe.values.canonical import canonicalise
from patchdiff_probe.values.normalise import Normaliser
if 'texts' in job:
    print(json.dumps([[status(text, source) for source in job['modules']] for text in job['texts']]))
else:
    form = lambda value: canonicalise(value, Normaliser('/none', '/nowhere'), 65536, lambda error: {})
    print(json.dumps([form(load(source).f()) for source in job['modules']]))
`;

const directory = mkdtempSync(path.join(tmpdir(), 'patchdiff-numeric-'));
const driver = path.join(directory, 'driver.py');
writeFileSync(driver, DRIVER);
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const scientific = process.env['PATCHDIFF_TEST_SCIENTIFIC']!; // made by test/helpers/scientific.ts

const probe = fileURLToPath(new URL('../../../containers/probe', import.meta.url));
const drive = (python: string, job: object): unknown =>
  JSON.parse(execFileSync(python, [driver], { input: JSON.stringify({ probe, ...job }), encoding: 'utf8' }));

/** The texts for what `f` returns on gold and on the candidate, and which of the three versions each passes with. */
function texts(python: string, gold: string, candidate: string, rounded: string) {
  const modules = [gold, candidate, rounded].map((value) => `import math\ndef f():\n    return ${value}`);
  const [left, right] = (drive(python, { modules }) as Canonical[]).map((value) => answered(value));
  if (!left || !right) throw new Error('no value');
  const comparison = compareObservations(left, right);
  if (comparison.kind !== 'different') throw new Error('nothing differs');
  const { differences } = comparison;
  const input = anInput('f()', { prelude: 'from m import *' });
  const written = renderTests({ id: 'a', input, gold: left, candidate: right, differences, comment: [] });
  const statuses = drive(python, { modules, texts: written }) as [string, string, string][];
  return written.map((text, index) => ({ text, statuses: statuses[index] ?? [] }));
}

type Case = readonly [name: string, gold: string, candidate: string, rounded: string, says: string];

function check(python: string, [, gold, candidate, rounded, says]: Case): void {
  const found = texts(python, gold, candidate, rounded);
  const works = found.filter(({ statuses: [a, b] }) => a === 'passed' && b !== 'passed');
  expect(works[0]?.text, JSON.stringify(found, null, 1)).toContain(says);
  // No test that tells the two apart fails by the last digit.
  for (const { text, statuses } of works) expect([text, statuses[2]]).toEqual([text, 'passed']);
}

/** With pytest, containers are compared by `approx`; without, the numbers that differ. */
describe('floats', () => {
  const python = 'python3';
  it.each<Case>([
    ['a number', '0.1 + 0.2', '0.4', '0.3', 'assert is_close(result, 0.30000000000000004, '],
    ['a whole number', '2.0', '3.0', '2.0000000000000004', 'assert is_close(result, 2.0, '],
    ['a complex number', '0.1 + 0.2 + 1j', '1j', '0.3 + 1j', 'from cmath import isclose'],
    ['in a list', '[1, 0.1 + 0.2]', '[1, 0.4]', '[1, 0.3]', 'close'],
    ['in a dictionary', '{"a": (0.1 + 0.2,)}', '{"a": (0.4,)}', '{"a": (0.3,)}', 'close'],
    [
      'in a text',
      '"about %r miles" % (0.1 + 0.2)',
      '"some %r miles" % 0.4',
      '"about %r miles" % 0.3',
      "assert 'about' in result",
    ],
  ])('%s', (...one) => {
    check(python, one);
  });

  it.each([
    ['a sum in another order', '0.1 + 0.2', '0.3'],
    ['in a text', 'str(0.1 + 0.2)', 'str(0.3)'],
    ['a power for a root', '[3 ** 0.5]', '[3 ** 0.5 + 2 ** -52]'],
  ])('no test is written for %s', (_, gold, candidate) => {
    expect(texts(python, gold, candidate, gold)).toEqual([]);
  });
});

describe('arrays and tables', () => {
  const np = '__import__("numpy").';
  const pd = '__import__("pandas").';
  it.each<Case>([
    [
      'an array',
      `${np}array([0.1 + 0.2])`,
      `${np}array([0.4])`,
      `${np}array([0.3])`,
      'assert_allclose(result, [',
    ],
    [
      'integers',
      `${np}array([[1, 2]])`,
      `${np}array([[1, 3]])`,
      `${np}array([[1, 2]])`,
      'assert_array_equal(result, [[1, 2]])',
    ],
    ['a type', `${np}array([1.0])`, `${np}array([1.0], "f4")`, `${np}array([1.0])`, 'result.dtype.str'],
    [
      'a table',
      `${pd}DataFrame({"a": [0.1 + 0.2, 1], "b": ["x", "y"]})`,
      `${pd}DataFrame({"a": [0.4, 1], "b": ["x", "y"]})`,
      `${pd}DataFrame({"a": [0.3, 1], "b": ["x", "y"]})`,
      'assert_frame_equal(result, ',
    ],
    [
      'a series',
      `${pd}Series([0.1 + 0.2], name="n")`,
      `${pd}Series([0.4], name="n")`,
      `${pd}Series([0.3], name="n")`,
      'assert_series_equal(result, ',
    ],
    [
      'a type of a column',
      `${pd}DataFrame({"a": [1, 2]})`,
      `${pd}DataFrame({"a": [1.0, 2.0]})`,
      `${pd}DataFrame({"a": [1, 2]})`,
      'result.dtypes',
    ],
  ])('%s', (...one) => {
    check(scientific, one);
  });
});

describe('labelled arrays', () => {
  it('are compared by xarray', () => {
    const array = (value: string) => `__import__("xarray").DataArray([${value}], dims="x")`;
    const [gold, candidate, rounded] = ['0.1 + 0.2', '0.4', '0.3'].map(array);
    check(scientific, ['', gold ?? '', candidate ?? '', rounded ?? '', 'assert_allclose(result.variable, ']);
  });
});
