import { expect, it } from 'vitest';
import { endOfExitCode } from '../../../../src/observe/engine/process-end.js';

it.each([
  [0, { exitCode: 0, signal: null }],
  [3, { exitCode: 3, signal: null }],
  [128, { exitCode: 128, signal: null }],
  [137, { exitCode: null, signal: 'SIGKILL' }],
  [139, { exitCode: null, signal: 'SIGSEGV' }],
  [255, { exitCode: 255, signal: null }],
  [null, { exitCode: null, signal: 'SIGKILL' }],
])('reads the exit code %s', (code, end) => {
  expect(endOfExitCode(code)).toEqual(end);
});
