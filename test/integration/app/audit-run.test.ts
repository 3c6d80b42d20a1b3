import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditRun, OptionError, UserError, type AuditEvent, type FinishedRun } from '../../../src/index.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { disagreements, EXPECTED_PAIRS, MINI, readReport } from '../../helpers/mini.js';
import { processesIn } from '../../helpers/processes.js';

const INSTANCE = 'mini__inicfg-1';

let out: string;
let scratch: string;

beforeEach(async () => {
  [out, scratch] = [await temporaryDirectory(), await temporaryDirectory()];
  vi.stubEnv('XDG_CACHE_HOME', await temporaryDirectory());
  vi.stubEnv('TMPDIR', scratch);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const options = () => ({ dataset: MINI, instances: [INSTANCE], engine: 'local', budget: 5, out }) as const;

describe(auditRun, () => {
  it('writes the folder of a run with the verdicts that the benchmark expects', async () => {
    const { report, directory } = await auditRun(options());
    expect(directory).toBe(path.join(out, 'run'));
    const written = await readReport(path.join(directory, 'report.json'));
    expect(written).toEqual(JSON.parse(JSON.stringify(report)));
    const expected = EXPECTED_PAIRS.filter(({ instance_id }) => instance_id === INSTANCE);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.flatMap((pair) => disagreements(written, pair))).toEqual([]);
    expect(written.records).toHaveLength(expected.length);
    expect(await readFile(path.join(directory, 'summary.md'), 'utf8')).toContain(INSTANCE);
    expect(await readdir(scratch)).toEqual([]);
  });

  it('tells its stages and records while it works, and each sentence for the user', async () => {
    const events: AuditEvent[] = [];
    const messages: string[] = [];
    const engines: string[] = [];
    const watch = {
      onEvent: (event: AuditEvent) => void events.push(event),
      onMessage: (message: string) => void messages.push(message),
      onEngine: (description: string) => void engines.push(description),
    };
    const first = await auditRun(options(), watch);
    const pairs = first.report.records.length;
    expect(events[0]).toEqual({ type: 'planned', pairs, instances: 1 });
    expect(events.filter(({ type }) => type === 'stage')).toContainEqual(
      expect.objectContaining({ instanceId: INSTANCE, stage: 'prepare' }),
    );
    const judged = events.flatMap((event) => (event.type === 'judged' ? [event.record] : []));
    expect(new Set(judged)).toEqual(new Set(first.report.records));
    expect(engines).toEqual([expect.stringMatching(/^local, as asked; /)]);
    expect(messages).toEqual([]);

    events.length = 0;
    await auditRun(options(), watch);
    expect(events).toEqual([{ type: 'planned', pairs: 0, instances: 0 }]);
    expect(messages).toEqual([`reused ${pairs} records of ${first.directory}`]);
  });

  it('stops at an abort, keeps what is done, and leaves no process and no scratch file', async () => {
    const stopping = new AbortController();
    const reason = new Error('enough');
    const reports: FinishedRun[] = [];
    const stages: string[] = [];
    const stopped = auditRun(
      { ...options(), instances: ['mini__inicfg-2'], budget: 30 },
      {
        signal: stopping.signal,
        onReport: (run) => void reports.push(run),
        onEvent: (event) => {
          if (event.type !== 'stage') return;
          stages.push(event.stage);
          if (event.stage === 'observe') stopping.abort(reason);
        },
      },
    );
    await expect(stopped).rejects.toBe(reason);
    expect(stages.at(-1)).toBe('observe');
    expect(reports.map(({ report }) => report.metrics.overall.pending)).toEqual([['beta/mini__inicfg-2']]);
    expect(await readReport(path.join(out, 'run', 'report.json'))).toMatchObject({
      records: [{ verdict: { outcome: 'empty' } }],
    });
    expect(await readdir(scratch)).toEqual([]);
    expect(await processesIn(scratch)).toEqual([]);
  });

  it('does not start after an abort', async () => {
    const reason = new Error('never');
    await expect(auditRun(options(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await readdir(out)).toEqual([]);
  });

  it.each([
    ['a number out of its range', { budget: -1 }, 'budget must be a positive number of seconds'],
    ['a value that is none of the choices', { engine: 'cloud' }, 'engine must be one of auto, docker, local'],
    ['an option that does not exist', { bugdet: 3 }, 'there is no option bugdet'],
    [
      'options that exclude each other',
      { queue: 'redis://127.0.0.1', python: 'python3', sandbox: false },
      'engine and python and sandbox cannot be combined with queue; pass them to patchdiff worker',
    ],
    ['no dataset', { dataset: undefined }, 'dataset must be a string'],
  ])('refuses %s, by the name of the option', async (_what, wrong, message) => {
    const refused: unknown = await auditRun({ ...options(), ...(wrong as object) }).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(OptionError);
    expect(refused).toBeInstanceOf(UserError);
    expect(refused).toMatchObject({ code: 'usage', message });
    expect(await readdir(out)).toEqual([]);
  });

  it('refuses a dataset that is not there', async () => {
    const refused = auditRun({ ...options(), dataset: path.join(out, 'no-such.jsonl') });
    await expect(refused).rejects.toThrow(UserError);
  });
});
