import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { isAbandoned, isOwnerGone, ownerMark } from '../../../src/platform/ownership.js';

/** A mark as `ownerMark` writes it, with some of its parts replaced. */
function markOf(parts: {
  readonly pid?: number;
  readonly started?: string;
  readonly place?: string;
}): string {
  const [pid = '', started = '', place = ''] = ownerMark().split('-');
  return [parts.pid ?? pid, parts.started ?? started, parts.place ?? place].join('-');
}

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const ended = execa('true');
  await ended;
  return ended.pid ?? NaN;
}

describe(isOwnerGone, () => {
  it('is false for this process', () => {
    expect(isOwnerGone(ownerMark())).toBe(false);
  });

  it('is true for a process that has ended', async () => {
    expect(isOwnerGone(markOf({ pid: await endedProcess() }))).toBe(true);
  });

  it('is true when the system gave the process id to another process', () => {
    expect(isOwnerGone(markOf({ started: '1' }))).toBe(true);
  });

  it('is false for a process on another machine, of which nothing is known here', async () => {
    expect(isOwnerGone(markOf({ pid: await endedProcess(), place: '00000000' }))).toBe(false);
  });

  it('is false for text that is no mark', () => {
    for (const text of ['', '1', 'x-1-00000000', `${process.pid}@host`])
      expect(isOwnerGone(text)).toBe(false);
  });
});

describe(isAbandoned, () => {
  it('finds the mark of an owner that is gone in the name of a file or folder', async () => {
    const gone = markOf({ pid: await endedProcess() });
    expect(isAbandoned(`patchdiff-run-${gone}-Ab3_x9`)).toBe(true);
    expect(isAbandoned(`.report.json.${gone}-2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d`)).toBe(true);
    expect(isAbandoned(`patchdiff-run-${ownerMark()}-Ab3_x9`)).toBe(false);
  });

  it('is false for a name without a mark', () => {
    expect(isAbandoned('patchdiff-x8Gh2k')).toBe(false);
    expect(isAbandoned('2026-01-00000000-x')).toBe(false);
  });
});
