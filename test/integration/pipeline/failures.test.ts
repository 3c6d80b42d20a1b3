import { readdir } from 'node:fs/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InfraError } from '../../../src/model/errors.js';
import type { Stage } from '../../../src/model/events.js';
import type { SideName } from '../../../src/model/side.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { audit } from '../../../src/pipeline/audit.js';
import type { AuditContext } from '../../../src/pipeline/context/audit-context.js';
import {
  makeAuditFixture,
  MemoryResults,
  openContext,
  watchSides,
  type AuditFixture,
  type OpenContext,
} from '../../helpers/audit-fixtures.js';
import { processesIn } from '../../helpers/processes.js';

let fixture: AuditFixture;
let records: PairRecord[];

beforeAll(async () => {
  fixture = await makeAuditFixture();
});
beforeEach(() => {
  records = [];
});

/** Audits two candidates of the instance, of which each is divergent by another way. */
const auditPairs = (context: AuditContext) =>
  audit(
    [
      {
        instance: fixture.instance,
        predictions: [fixture.prediction('newFolder'), fixture.prediction('failing')],
        tests: [],
        judged: [],
      },
    ],
    context,
    1,
    (record) => Promise.resolve(void records.push(record)),
  );

/** Makes the first side of that name fail to open. */
function failOnce({ engine }: AuditContext, name: SideName, error: Error): void {
  let failed = false;
  watchSides(engine, (side) => {
    if (failed || side !== name) return;
    failed = true;
    throw error;
  });
}

const verdicts = () => records.map(({ model, verdict }) => [model, verdict.outcome]);

async function expectNothingLeft({ workDirectory }: AuditContext): Promise<void> {
  expect(await processesIn(workDirectory)).toEqual([]);
  // The engine's own copy of the probe stays as long as the engine.
  expect((await readdir(workDirectory)).filter((name) => !name.startsWith('lib-'))).toEqual([]);
}

describe('a failure of the machinery', () => {
  let opened: OpenContext;
  const results = new MemoryResults();

  beforeEach(async () => {
    opened = await openContext(fixture, { results });
  });
  afterEach(async () => {
    await opened.close();
    results.records.clear();
    results.patches.clear();
  });

  it('is the record of the pair it met, and no result for other runs', async () => {
    failOnce(opened.context, 'candidate', new InfraError('engine-busy', 'there is no room'));
    await auditPairs(opened.context);
    expect(verdicts()).toEqual([
      ['newFolder', 'infra-error'],
      ['failing', 'divergent'],
    ]);
    expect(records[0]?.verdict).toMatchObject({ detail: 'engine-busy: there is no room' });
    expect([...results.records.values()].map(({ model }) => model)).toEqual(['failing']);
    await expectNothingLeft(opened.context);
  });

  it('is the record of every pair of the instance that could not be opened', async () => {
    failOnce(opened.context, 'gold', new InfraError('engine-busy', 'there is no room'));
    await auditPairs(opened.context);
    expect(verdicts()).toEqual([
      ['newFolder', 'infra-error'],
      ['failing', 'infra-error'],
    ]);
    expect(results.records.size).toBe(0);
    await expectNothingLeft(opened.context);
  });

  it('is the record of the pair it met where it is a bug, which names its place, and leaves nothing behind', async () => {
    failOnce(opened.context, 'candidate', new TypeError('undefined is not a function'));
    await auditPairs(opened.context);
    expect(verdicts()).toEqual([
      ['newFolder', 'infra-error'],
      ['failing', 'divergent'],
    ]);
    const detail = /^bug: undefined is not a function \(at .*failures\.test\.ts.*please report it$/;
    expect(records[0]?.verdict).toMatchObject({ detail: expect.stringMatching(detail) as string });
    expect([...results.records.values()].map(({ model }) => model)).toEqual(['failing']);
    await expectNothingLeft(opened.context);
  });

  it('ends the audit where a record cannot be kept', async () => {
    const full = new Error('the disk is full');
    const audited = audit(
      [
        {
          instance: fixture.instance,
          predictions: [fixture.prediction('sameCode'), fixture.prediction('failing')],
          tests: [],
          judged: [],
        },
      ],
      opened.context,
      1,
      () => Promise.reject(full),
    );
    await expect(audited).rejects.toBe(full);
    expect(opened.events.filter(({ type }) => type === 'judged')).toEqual([]);
    await expectNothingLeft(opened.context);
  });
});

it.each<Stage>(['survey', 'candidate tests', 'mutate', 'shrink'])(
  'stops at an abort while it is at %s, and leaves no process and no tree',
  async (at) => {
    const stopping = new AbortController();
    const reason = new Error('enough');
    const { context, events, close } = await openContext(fixture, {
      signal: stopping.signal,
      listen: (event) => {
        if (event.type === 'stage' && event.stage === at) stopping.abort(reason);
      },
    });
    try {
      await expect(auditPairs(context)).rejects.toBe(reason);
      expect(events.at(-1)).toMatchObject({ type: 'stage', stage: at });
      expect(records).toEqual([]);
      await expectNothingLeft(context);
    } finally {
      await close();
    }
  },
);
