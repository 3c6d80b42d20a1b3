import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';
import { chooseTests } from '../../../src/export/choose-tests.js';
import { strengthenRow, type AddedTest, type StrengthenedRow } from '../../../src/export/strengthen-row.js';
import { aRecord } from '../../helpers/builders.js';
import { aTested, anInstance, aRow } from '../../helpers/export-fixtures.js';
import { makeRepository, userGit, writeFiles } from '../../helpers/git-fixtures.js';

/** Calls the functions of test files and tells of each in the words of pytest. */
const RUNNER = `
import runpy, sys

for file in sys.argv[1:]:
    for name, value in sorted(runpy.run_path(file).items()):
        if name.startswith("test_"):
            try:
                value()
                print("PASSED %s::%s" % (file, name))
            except Exception as error:
                print("FAILED %s::%s - %r" % (file, name, error))
`;
const TEST_FILE = 'tests/test_f.py';
const OLD_TEST = 'from pkg import f\n\n\ndef test_f():\n    assert f(0) == ""\n';
const BASE = 'def f(x):\n    return ""\n';
const GOLD = 'def f(x):\n    return "\\u00e9\\x0c\\n" * x\n';
const CANDIDATE = 'def f(x):\n    return "\\u00e9" if x else ""\n';

/** Its text has what patches and here-documents stumble over. */
const CODE = [
  'from pkg import f',
  '',
  '',
  'def test_patchdiff_d1():',
  "    assert f(1) == '''é\f",
  "'''",
  '    assert f(0) == "", "$HOME `false` \\\\"',
  '',
].join('\n');

let checkout: string;
let strengthened: StrengthenedRow;
let added: AddedTest;

/** The statuses that the row's script shows of a tree in which pkg.py is `code`. */
async function evaluate(code: string, more: Readonly<Record<string, string>> = {}): Promise<object> {
  await userGit(checkout, 'checkout', '-q', '--', '.');
  await userGit(checkout, 'clean', '-qfd');
  await writeFiles(checkout, { 'pkg.py': code, ...more });
  const { stdout } = await execa('bash', ['-c', String(strengthened.row['eval_script'])], {
    cwd: checkout,
    env: { PYTHONPATH: checkout, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    reject: false,
  });
  const lines = stdout.matchAll(/^(PASSED|FAILED) (\S+)/gm);
  return Object.fromEntries([...lines].map(([, status = '', id = '']) => [id, status]));
}

beforeAll(async () => {
  const files = { 'pkg.py': BASE, [TEST_FILE]: OLD_TEST, 'run_tests.py': RUNNER };
  checkout = (await makeRepository(files)).directory;
  await writeFiles(checkout, { [TEST_FILE]: `${OLD_TEST}\n\ndef test_new():\n    assert f(2)\n` });
  const testPatch = `${await userGit(checkout, 'diff')}\n`;
  const script = [
    '#!/bin/bash',
    "git apply -v - <<'EOF_114329324912'",
    testPatch,
    'EOF_114329324912',
    ": '>>>>> Start Test Output'",
    `python3 run_tests.py ${TEST_FILE}`,
    ": '>>>>> End Test Output'",
    `git checkout HEAD ${TEST_FILE}`,
  ].join('\n');
  const test = { source: `# header\n${CODE}`, verified: true, passesOnBase: false };
  const records = [aRecord({ verdict: { outcome: 'divergent' }, divergences: [aTested('d1', { test })] })];
  const tests = chooseTests(records, 'different-value').tests.get('demo-1')!;
  const row = aRow({ eval_script: script, test_patch: testPatch });
  const failToPass = [`${TEST_FILE}::test_new`];
  strengthened = strengthenRow(row, anInstance({ testPatch, failToPass }), tests);
  added = strengthened.added[0]!;
});

it('runs the new test with those of the row: gold passes it, base and candidate fail it', async () => {
  const [old, fresh] = [`${TEST_FILE}::test_f`, `${TEST_FILE}::test_new`];
  expect(await evaluate(GOLD)).toEqual({ [old]: 'PASSED', [fresh]: 'PASSED', [added.id]: 'PASSED' });
  expect(await evaluate(CANDIDATE)).toEqual({ [old]: 'PASSED', [fresh]: 'PASSED', [added.id]: 'FAILED' });
  expect(await evaluate(BASE)).toEqual({ [old]: 'PASSED', [fresh]: 'FAILED', [added.id]: 'FAILED' });
});

it('does not run a file that a candidate puts in its place', async () => {
  const forged = { [added.file]: `def ${added.test.name}():\n    pass\n` };
  expect(await evaluate(CANDIDATE, forged)).toMatchObject({ [added.id]: 'FAILED' });
});

it('has a test patch that makes the same file', async () => {
  await userGit(checkout, 'checkout', '-q', '--', '.');
  await userGit(checkout, 'clean', '-qfd');
  await execa('git', ['apply', '-'], { cwd: checkout, input: String(strengthened.row['test_patch']) });
  const { stdout } = await execa('cat', [added.file], { cwd: checkout, stripFinalNewline: false });
  expect(stdout.endsWith(CODE.replace('test_patchdiff_d1', added.test.name))).toBe(true);
});
