import type { Instance } from '../../src/model/instance.js';
import type { TestRun, TestStatus } from '../../src/model/test-result.js';

/** An instance that names tests and nothing else. */
export const instanceOf = (failToPass: string[], passToPass: string[]): Instance => ({
  instanceId: 'i',
  repo: 'o/r',
  baseCommit: 'HEAD',
  goldPatch: '',
  testPatch: '',
  problemStatement: '',
  failToPass,
  passToPass,
  environment: {},
  source: { file: 'd.jsonl' },
});

/** A completed run with a status for each test. */
export const runOf = (statuses: Record<string, TestStatus>): TestRun => ({
  results: Object.entries(statuses).map(([id, status]) => ({ id, file: 'test_a.py', status, seconds: 0 })),
  ended: 'completed',
  seconds: 1,
  output: '',
});
