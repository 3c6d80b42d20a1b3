import { describe, expect, it } from 'vitest';
import { chooseTests } from '../../../src/export/choose-tests.js';
import { strengthenRow } from '../../../src/export/strengthen-row.js';
import { parsePatch } from '../../../src/trees/patch/parse.js';
import { answered, aDivergence, aRecord, int } from '../../helpers/builders.js';
import {
  anInstance,
  aRow,
  aTested,
  evalScript,
  TEST_PATCH,
  testSource,
} from '../../helpers/export-fixtures.js';

const onBase = (passesOnBase: boolean, body: string) => ({
  source: testSource('x', body),
  verified: true,
  passesOnBase,
});
const divergences = [
  aTested('d1', { test: onBase(false, 'assert f(1) == 1') }),
  aTested('d2', { test: onBase(true, 'assert f(2) == 1') }),
];
const records = [aRecord({ verdict: { outcome: 'divergent' }, divergences })];
const tests = chooseTests(records, 'different-value').tests.get('demo-1')!;

describe(strengthenRow, () => {
  it('puts the tests beside those of the row, and into the list that base decides', () => {
    const { row, added, leftOut } = strengthenRow(aRow(), anInstance(), tests);
    expect(leftOut).toEqual([]);
    const failing = added.find(({ list }) => list === 'FAIL_TO_PASS')!;
    const passing = added.find(({ list }) => list === 'PASS_TO_PASS')!;
    expect(row['FAIL_TO_PASS']).toBe(JSON.stringify(['tests/unit/test_f.py::test_new', failing.id]));
    expect(row['PASS_TO_PASS']).toBe(JSON.stringify(['tests/unit/test_f.py::test_old', passing.id]));
    expect(failing.test.code).toContain('f(1)');
    expect(failing.file).toBe(`tests/unit/${failing.test.name}.py`);
    expect(failing.id).toBe(`${failing.file}::${failing.test.name}`);
    const files = parsePatch(String(row['test_patch']));
    expect(files.slice(2)).toEqual(added.map(({ file }) => ({ path: file, kind: 'add' })));
    expect(String(row['test_patch']).startsWith(TEST_PATCH)).toBe(true);
  });

  it('keeps what was there under original names, and all else as it is', () => {
    const before = aRow({ eval_script: evalScript('pytest tests/unit/test_f.py') });
    const { row } = strengthenRow(before, anInstance(), tests);
    for (const field of ['test_patch', 'FAIL_TO_PASS', 'PASS_TO_PASS', 'eval_script']) {
      expect(row[`original_${field}`]).toBe(before[field]);
      expect(row[field]).not.toBe(before[field]);
    }
    expect(row).toMatchObject({ hints_text: 'kept', instance_id: 'demo-1' });
  });

  it('keeps the first of originals when a strengthened row is strengthened again', () => {
    const once = strengthenRow(aRow(), anInstance(), tests.slice(0, 1)).row;
    const instance = anInstance({ testPatch: String(once['test_patch']) });
    const twice = strengthenRow(once, instance, tests);
    expect(twice.row['original_test_patch']).toBe(TEST_PATCH);
    expect(twice.leftOut).toMatchObject([{ reason: 'already-there', test: { name: tests[0]!.name } }]);
    expect(twice.added.map(({ test }) => test.name)).toEqual([tests[1]!.name]);
  });

  it('gives a row without tests the same columns', () => {
    const { row } = strengthenRow(aRow(), anInstance(), []);
    expect(Object.keys(row).sort()).toEqual(
      Object.keys(strengthenRow(aRow(), anInstance(), tests).row).sort(),
    );
    expect(row['test_patch']).toBe(TEST_PATCH);
  });

  it('keeps lists as lists, under the name that the row has for them', () => {
    const { FAIL_TO_PASS, PASS_TO_PASS, ...rest } = aRow();
    const lower = { ...rest, fail_to_pass: ['a'], pass_to_pass: ['b'] };
    const { row } = strengthenRow(lower, anInstance(), tests);
    expect(row['fail_to_pass']).toHaveLength(2);
    expect(row['original_pass_to_pass']).toEqual(['b']);
    expect(row).not.toHaveProperty('FAIL_TO_PASS');
  });

  it('ends a test patch that lacks its last line feed', () => {
    const testPatch = TEST_PATCH.trimEnd();
    const { row } = strengthenRow(aRow({ test_patch: testPatch }), anInstance({ testPatch }), tests);
    expect(parsePatch(String(row['test_patch']))).toHaveLength(4);
  });

  it('goes beside the test file that FAIL_TO_PASS names', () => {
    const other = TEST_PATCH.replaceAll('tests/unit/test_f.py', 'lib/tests/test_g.py');
    const instance = anInstance({ testPatch: other + TEST_PATCH });
    expect(strengthenRow(aRow(), instance, tests).added[0]?.file).toMatch(/^tests\/unit\//);
  });

  it.each([
    ['unknown-runner', { log_parser: 'parse_log_gotest' }, {}],
    ['unknown-command', { eval_script: evalScript('make test') }, {}],
    ['no-test-file', {}, { testPatch: TEST_PATCH.slice(0, TEST_PATCH.indexOf('diff --git a/tests')) }],
  ] as const)('leaves the row as it is: %s', (reason, fields, facts) => {
    const before = aRow(fields);
    const { row, added, leftOut } = strengthenRow(before, anInstance(facts), tests);
    expect(added).toEqual([]);
    expect(leftOut.map((one) => one.reason)).toEqual([reason, reason]);
    expect(row).toMatchObject(before);
  });

  it('leaves out a test that prints where the runner does not capture it', () => {
    const observations = { ...aDivergence().observations, gold: answered(int(1), { stdout: 'x' }) };
    const printing = [
      aRecord({ verdict: { outcome: 'divergent' }, divergences: [aTested('d1', { observations })] }),
    ];
    const own = chooseTests(printing, 'different-value').tests.get('demo-1')!;
    expect(strengthenRow(aRow(), anInstance(), own).added).toHaveLength(1);
    const sympy = strengthenRow(aRow({ log_parser: 'parse_log_sympy' }), anInstance(), own);
    expect(sympy).toMatchObject({ added: [], leftOut: [{ reason: 'prints' }] });
  });
});
