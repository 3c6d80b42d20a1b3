import type { Divergence } from '../../src/model/divergence.js';
import type { Instance } from '../../src/model/instance.js';
import { aDivergence } from './builders.js';

/** A test as the explanation of a divergence writes it. */
export const testSource = (id: string, body = 'assert f(1) == 1'): string =>
  `# demo-1: m against the gold patch\n# replay: ...\nfrom pkg import f\n\n\ndef test_patchdiff_${id}():\n    ${body}\n`;

/** A divergence with a verified test that fails on base, unless told otherwise. */
export function aTested(id: string, overrides: Partial<Divergence> = {}, body?: string): Divergence {
  const test = { source: testSource(id, body), verified: true, passesOnBase: false };
  return aDivergence({ id, test, ...overrides });
}

/** The test patch of `aRow`: it changes one test file and a file that is none. */
export const TEST_PATCH = [
  'diff --git a/docs/notes.txt b/docs/notes.txt',
  '--- a/docs/notes.txt',
  '+++ b/docs/notes.txt',
  '@@ -1 +1 @@',
  '-a',
  '+b',
  'diff --git a/tests/unit/test_f.py b/tests/unit/test_f.py',
  '--- a/tests/unit/test_f.py',
  '+++ b/tests/unit/test_f.py',
  '@@ -1 +1 @@',
  '-old = 1',
  '+new = 1',
  '',
].join('\n');

/** A script as the rows of the harness have it. */
export const evalScript = (command: string): string =>
  [
    '#!/bin/bash',
    'cd /testbed',
    "git apply -v - <<'EOF_114329324912'",
    TEST_PATCH,
    'EOF_114329324912',
    ": '>>>>> Start Test Output'",
    command,
    ": '>>>>> End Test Output'",
    'git checkout abc tests/unit/test_f.py',
    '',
  ].join('\n');

/** A row of a dataset in the form of the hub: lists as JSON text. */
export const aRow = (overrides: object = {}): Record<string, unknown> => ({
  instance_id: 'demo-1',
  repo: 'demo/demo',
  test_patch: TEST_PATCH,
  FAIL_TO_PASS: '["tests/unit/test_f.py::test_new"]',
  PASS_TO_PASS: '["tests/unit/test_f.py::test_old"]',
  hints_text: 'kept',
  ...overrides,
});

/** The instance of `aRow`. */
export const anInstance = (overrides: Partial<Instance> = {}): Instance => ({
  instanceId: 'demo-1',
  repo: 'demo/demo',
  baseCommit: 'abc',
  goldPatch: 'gold',
  testPatch: TEST_PATCH,
  problemStatement: '',
  failToPass: ['tests/unit/test_f.py::test_new'],
  passToPass: ['tests/unit/test_f.py::test_old'],
  environment: {},
  source: { file: 'dataset.jsonl', line: 1 },
  ...overrides,
});
