import { describe, expect, it } from 'vitest';
import { rejectionReason } from '../../../../src/trees/patch/rejection.js';

const attempt = (stderr: string) => ({ exitCode: 1, stdout: '', stderr });

describe(rejectionReason, () => {
  it('gives the errors of git apply and the hunks of --reject', () => {
    const plain = attempt(
      'Checking patch x.py...\nerror: while searching for:\na\nerror: patch failed: x.py:12\nerror: x.py: patch does not apply\n',
    );
    const reject = attempt(
      'Applying patch x.py with 1 reject...\nHunk #1 applied cleanly.\nRejected hunk #2.\nApplied patch y.py cleanly.\n',
    );
    expect(rejectionReason([plain, attempt(''), reject, attempt('')], [])).toBe(
      'patch failed: x.py:12; x.py: patch does not apply; x.py: hunk 2 rejected',
    );
  });

  it('names binary files that come without content first', () => {
    const sut = rejectionReason([attempt('error: no')], [{ path: 'i.png', kind: 'modify', binary: 'stub' }]);
    expect(sut).toBe('binary change of i.png without its content; no');
  });

  it('always says something', () => {
    expect(rejectionReason([attempt('')], [])).toBe('the patch does not apply');
  });
});
