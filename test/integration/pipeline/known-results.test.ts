import { beforeAll, expect, it } from 'vitest';
import type { AuditOptions } from '../../../src/model/options.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { audit } from '../../../src/pipeline/audit.js';
import {
  FEW_STEPS,
  makeAuditFixture,
  MemoryResults,
  openContext,
  watchSides,
  type AuditFixture,
} from '../../helpers/audit-fixtures.js';

const results = new MemoryResults();
let fixture: AuditFixture;

/** Audits two patches that do the same to the tree, of which the second is written in another way. */
async function auditBoth(options: AuditOptions) {
  const { context, events, close } = await openContext(fixture, { options, results });
  try {
    const sides = watchSides(context.engine);
    const first = fixture.prediction('failing', { model: 'first' });
    const second = { ...first, model: 'second', patch: `Written by hand.\n\n${first.patch}` };
    const records: PairRecord[] = [];
    await audit(
      [{ instance: fixture.instance, predictions: [first, second], tests: [], judged: [] }],
      context,
      1,
      (record) => Promise.resolve(void records.push(record)),
    );
    const reused = events.flatMap((event) => (event.type === 'judged' ? [event.reused] : []));
    return { records, reused, sides: sides.map(({ side }) => side) };
  } finally {
    await close();
  }
}

let run: Awaited<ReturnType<typeof auditBoth>>;

beforeAll(async () => {
  fixture = await makeAuditFixture();
  run = await auditBoth(FEW_STEPS);
});
it('runs patches that do the same to the tree once', () => {
  const [first, second] = run.records;
  expect(run.sides).toEqual(['base', 'gold', 'candidate']);
  expect(run.reused).toEqual([false, false]);
  expect(first).toMatchObject({ model: 'first', reusedFrom: null, verdict: { outcome: 'divergent' } });
  expect(second).toEqual({
    ...first,
    model: 'second',
    reusedFrom: { instanceId: fixture.instance.instanceId, model: 'first' },
    hashes: { ...first!.hashes, candidatePatch: second!.hashes.candidatePatch },
    seconds: { total: 0, tests: 0, observe: 0, confirm: 0, instance: 0, bare: 0, firstDifference: {} },
  });
  expect(second!.hashes.candidatePatch).not.toBe(first!.hashes.candidatePatch);
});

it('takes over the results of another run and runs nothing', async () => {
  const again = await auditBoth(FEW_STEPS);
  expect(again.sides).toEqual([]);
  expect(again.reused).toEqual([true, true]);
  expect(again.records).toEqual(run.records);
});

it('runs again with another option', async () => {
  const again = await auditBoth({ ...FEW_STEPS, mutants: 201 });
  expect(again.sides).toEqual(['base', 'gold', 'candidate']);
  expect(again.reused).toEqual([false, false]);
});
