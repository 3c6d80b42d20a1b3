import { describe, expect, it } from 'vitest';
import { SpeculativeTask } from '../../../src/platform/speculative-task.js';

/** Work that says when it begins and ends as it is told, or when it has to stop. */
function sut() {
  const begun: { end: (result: string) => void; fail: (error: Error) => void }[] = [];
  const task = new SpeculativeTask(
    (signal) =>
      new Promise<string>((resolve, reject) => {
        begun.push({ end: resolve, fail: reject });
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      }),
  );
  return { task, begun };
}

describe(SpeculativeTask, () => {
  it('gives the result of what was begun before', async () => {
    const { task, begun } = sut();
    task.start();
    task.start();
    begun[0]!.end('first');
    expect(await task.result()).toBe('first');
    expect(begun.length).toBe(1);
  });

  it('begins when the result is asked for where it was not', async () => {
    const { task, begun } = sut();
    await task.cancel();
    expect(begun.length).toBe(0);
    const result = task.result();
    begun[0]!.end('late');
    expect(await result).toBe('late');
  });

  it('stops what is cancelled, and begins it again when its result is asked for', async () => {
    const { task, begun } = sut();
    task.start();
    await task.cancel();
    const result = task.result();
    expect(begun.length).toBe(2);
    begun[1]!.end('again');
    expect(await result).toBe('again');
  });

  it('keeps what had ended', async () => {
    const { task, begun } = sut();
    task.start();
    begun[0]!.end('first');
    await task.cancel();
    expect(await task.result()).toBe('first');
    expect(begun.length).toBe(1);
  });

  it('shows a failure when the result is asked for', async () => {
    const { task, begun } = sut();
    task.start();
    begun[0]!.fail(new Error('no side'));
    await expect(task.result()).rejects.toThrow('no side');
  });
});
