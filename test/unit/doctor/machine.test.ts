import { describe, expect, it } from 'vitest';
import { checkArchitecture, checkNode } from '../../../src/doctor/machine.js';

describe('checkNode', () => {
  it('compares versions by their numbers', () => {
    expect(checkNode('20.19.0', '20.19.0').state).toBe('ok');
    expect(checkNode('100.1.0', '20.19.0').state).toBe('ok');
    expect(checkNode('20.9.0', '20.19.0')).toMatchObject({
      state: 'missing',
      fix: 'Install a newer Node.js.',
    });
  });
});

describe('checkArchitecture', () => {
  it('warns of emulation where the public images are of another architecture', () => {
    expect(checkArchitecture('x64').state).toBe('ok');
    expect(checkArchitecture('arm64')).toMatchObject({
      state: 'limits',
      detail: expect.stringContaining('emulated') as string,
    });
  });
});
