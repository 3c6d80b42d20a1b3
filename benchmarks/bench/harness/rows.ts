import path from 'node:path';
import type { Instance } from '../../../src/model/instance.js';
import { touchedTestFiles } from '../../../src/trees/patch/test-files.js';

/** What the harness, from version 5 on, needs for an instance beyond a row of a published dataset. */
export interface HarnessFields {
  readonly image: string;
  readonly eval_script: string;
  readonly log_parser: string;
  readonly eval_type: string;
  readonly version: string;
}

/** The name of a locally built image, as the harness makes it. */
export const imageOf = (instanceId: string): string => `sweb.eval.x86_64.${instanceId}:latest`.toLowerCase();

/** Fields with which the harness runs an instance in an image that has its repository in /testbed. */
export function harnessFields(instance: Instance): HarnessFields {
  const sympy = instance.repo === 'sympy/sympy';
  const command = sympy ? 'bin/test -C --verbose' : 'python -m pytest -rA';
  return {
    image: imageOf(instance.instanceId),
    eval_script: evalScript(instance, `${command} ${testFiles(instance).join(' ')}`),
    log_parser: sympy ? 'parse_log_sympy' : 'parse_log_pytest',
    eval_type: instance.evalType ?? 'pass_and_fail',
    version: instance.version ?? '0',
  };
}

/** The test files that the test patch touches, and those that the lists of tests name. */
function testFiles({ testPatch, failToPass, passToPass }: Instance): string[] {
  const named = [...failToPass, ...passToPass].flatMap((id) => /^([^:\s]+\.py)::/.exec(id)?.[1] ?? []);
  return [...new Set([...touchedTestFiles(testPatch), ...named])].map((file) => path.posix.normalize(file));
}

/** The test files as they were at the base, the test patch, the tests between the harness's markers. */
function evalScript({ testPatch }: Instance, command: string): string {
  const files = touchedTestFiles(testPatch).join(' ');
  return [
    '#!/bin/bash',
    'set -uxo pipefail',
    'cd /testbed',
    `git checkout HEAD ${files}`,
    "git apply -v - <<'EOF_TEST_PATCH'",
    `${testPatch.trimEnd()}\n`,
    'EOF_TEST_PATCH',
    ": '>>>>> Start Test Output'",
    command,
    ": '>>>>> End Test Output'",
    `git checkout HEAD ${files}`,
    '',
  ].join('\n');
}
