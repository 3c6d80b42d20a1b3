import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkPair, OptionError, type AuditEvent } from '../../../src/index.js';
import { makeCheckFixture, type CheckFixture } from '../../helpers/check-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { readReport } from '../../helpers/mini.js';
import { processesIn } from '../../helpers/processes.js';

let fixture: CheckFixture;
let out: string;
let scratch: string;

beforeAll(async () => {
  fixture = await makeCheckFixture();
});
beforeEach(async () => {
  [out, scratch] = [await temporaryDirectory(), await temporaryDirectory()];
  vi.stubEnv('XDG_CACHE_HOME', await temporaryDirectory());
  vi.stubEnv('TMPDIR', scratch);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const options = (candidate: string) =>
  ({ repo: fixture.repository, gold: fixture.gold, candidate, engine: 'local', budget: 10, out }) as const;

describe(checkPair, () => {
  it('gives the record of a candidate that diverges, and writes it with its test', async () => {
    const events: AuditEvent[] = [];
    const { record, report, directory } = await checkPair(options(fixture.wrong), {
      onEvent: (event) => void events.push(event),
    });
    expect(record).toMatchObject({ model: 'candidate', verdict: { outcome: 'divergent' } });
    expect(events[0]).toEqual({ type: 'planned', pairs: 1, instances: 1 });
    expect(events.at(-1)).toEqual({ type: 'judged', record, reused: false });
    const written = await readReport(path.join(directory, 'report.json'));
    expect(written).toEqual(JSON.parse(JSON.stringify(report)));
    expect(written.run).toMatchObject({ id: 'check', dataset: { path: fixture.gold, instances: 1 } });
    expect(written.records).toEqual([JSON.parse(JSON.stringify(record))]);
    const [{ id, test } = { id: '', test: null }] = record.divergences;
    const file = path.join(directory, 'tests', 'candidate', record.instanceId, `test_${id}.py`);
    expect(await readFile(file, 'utf8')).toBe(test?.source);
    expect(await readdir(scratch)).toEqual([]);
  });

  it('finds another way to the same answers consistent', async () => {
    const { record } = await checkPair(options(fixture.rewritten));
    expect(record.verdict).toMatchObject({ outcome: 'consistent' });
  });

  it('stops at an abort, and leaves no process and no scratch file', async () => {
    const stopping = new AbortController();
    const reason = new Error('enough');
    const stopped = checkPair(options(fixture.wrong), {
      signal: stopping.signal,
      onEvent: (event) => {
        if (event.type === 'stage' && event.stage === 'observe') stopping.abort(reason);
      },
    });
    await expect(stopped).rejects.toBe(reason);
    expect(await readdir(scratch)).toEqual([]);
    expect(await processesIn(scratch)).toEqual([]);
  });

  it('refuses wrong options by name, and leaves nothing behind', async () => {
    const refusals = [
      [{ ...options(fixture.wrong), seed: 1.5 }, 'usage', 'seed must be an integer'],
      [options('no-such.patch'), 'patch-missing', 'candidate no-such.patch: there is no such file'],
      [{ ...options(fixture.wrong), issue: '/nowhere' }, 'file-missing', 'issue /nowhere cannot be read'],
    ] as const;
    for (const [wrong, code, message] of refusals) {
      const refused: unknown = await checkPair(wrong).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(OptionError);
      expect(refused).toMatchObject({ code, message: expect.stringContaining(message) as string });
    }
    const both = checkPair({ ...options(fixture.wrong), environments: 'build', image: 'some:image' });
    await expect(both).rejects.toThrow('image cannot be combined with environments build');
    expect(await readdir(scratch)).toEqual([]);
  });
});
