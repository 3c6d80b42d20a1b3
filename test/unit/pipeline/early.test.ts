import { describe, expect, it } from 'vitest';
import { Early } from '../../../src/pipeline/early.js';

/** Work that says when it begins and ends as it is told, or when it has to stop. */
function sut() {
  const begun: { end: (result: string) => void; fail: (error: Error) => void }[] = [];
  const early = new Early(
    (signal) =>
      new Promise<string>((resolve, reject) => {
        begun.push({ end: resolve, fail: reject });
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      }),
  );
  return { early, begun };
}

describe(Early, () => {
  it('gives the result of what was begun before', async () => {
    const { early, begun } = sut();
    early.begin();
    early.begin();
    begun[0]!.end('first');
    expect(await early.result()).toBe('first');
    expect(begun.length).toBe(1);
  });

  it('begins when the result is asked for where it was not', async () => {
    const { early, begun } = sut();
    await early.giveWay();
    expect(begun.length).toBe(0);
    const result = early.result();
    begun[0]!.end('late');
    expect(await result).toBe('late');
  });

  it('stops what has to give way, and begins it again', async () => {
    const { early, begun } = sut();
    early.begin();
    await early.giveWay();
    const result = early.result();
    expect(begun.length).toBe(2);
    begun[1]!.end('again');
    expect(await result).toBe('again');
  });

  it('keeps what had ended', async () => {
    const { early, begun } = sut();
    early.begin();
    begun[0]!.end('first');
    await early.giveWay();
    expect(await early.result()).toBe('first');
    expect(begun.length).toBe(1);
  });

  it('shows a failure when the result is asked for', async () => {
    const { early, begun } = sut();
    early.begin();
    begun[0]!.fail(new Error('no side'));
    await expect(early.result()).rejects.toThrow('no side');
  });
});
