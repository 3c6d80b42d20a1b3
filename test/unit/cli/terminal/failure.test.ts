import { describe, expect, it } from 'vitest';
import { OptionError } from '../../../../src/app/options/option-error.js';
import { completeRunOptions } from '../../../../src/app/options/run-options.js';
import { explainFailure } from '../../../../src/cli/terminal/failure.js';
import { InfraError, UserError } from '../../../../src/model/errors.js';

/** What is told of an error, and the exit code. */
function told(error: unknown): { readonly code: number; readonly text: string } {
  let text = '';
  const code = explainFailure(error, {
    write: (chunk: string | Uint8Array) => (text += String(chunk)) !== '',
  });
  return { code, text };
}

/** What is told of options that a command was given. */
function refused(options: object) {
  try {
    completeRunOptions({ dataset: 'lite', ...options });
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return told(error);
  }
  throw new Error('the options were taken');
}

describe(explainFailure, () => {
  it.each([
    ['in kebab case', { suiteSeconds: 0 }, '--suite-seconds must be a positive number of seconds'],
    [
      'all of them',
      { queue: 'redis://a', python: 'python3', reposDir: 'repos' },
      '--python and --repos-dir cannot be combined with --queue; pass them to patchdiff worker',
    ],
    [
      'by how it is switched off',
      { queue: 'redis://a', sandbox: false },
      '--no-sandbox cannot be combined with --queue; pass it to patchdiff worker',
    ],
  ])('names wrong options as flags: %s', (_how, options, message) => {
    const { code, text } = refused(options);
    expect(code).toBe(2);
    expect(text.split('\n')[0]).toBe(`patchdiff: ${message}`);
    expect(text).not.toContain('    at ');
  });

  it.each([
    [
      "a user's mistake",
      new UserError('x', 'wrong', 'Do it right.'),
      2,
      'patchdiff: wrong\n  Do it right.\n',
    ],
    ['a machine that fails', new InfraError('disk-full', 'no room'), 3, 'patchdiff: no room (disk-full)\n'],
  ])('tells %s without a stack', (_what, error, code, text) => {
    expect(told(error)).toEqual({ code, text });
  });

  it('keeps the stack of a bug', () => {
    const { code, text } = told(new TypeError('oops'));
    expect(code).toBe(70);
    expect(text).toMatch(/^patchdiff failed; this is a bug in patchdiff\.\nTypeError: oops\n {4}at /);
  });
});
