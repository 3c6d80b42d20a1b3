import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Prediction } from '../../../src/model/instance.js';
import type { ReplayBundle } from '../../../src/model/replay.js';
import { Unjudgeable } from '../../../src/model/unjudgeable.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { audit } from '../../../src/pipeline/audit.js';
import { replayDivergence } from '../../../src/pipeline/replay.js';
import {
  FEW_STEPS,
  makeAuditFixture,
  openContext,
  type AuditFixture,
  type OpenContext,
} from '../../helpers/audit-fixtures.js';

let fixture: AuditFixture;
let opened: OpenContext;
/** Of a candidate that a mutant found to diverge: the same inputs were audited twice. */
const runs: PairRecord[] = [];

beforeAll(async () => {
  fixture = await makeAuditFixture();
  const request = {
    instance: fixture.instance,
    predictions: [fixture.prediction('overlooked')],
    tests: [],
    judged: [],
  };
  for (const repeated of [false, true]) {
    opened = await openContext(fixture);
    await audit([request], opened.context, 1, (record) => Promise.resolve(void runs.push(record)));
    if (!repeated) await opened.close();
  }
});
afterAll(async () => {
  await opened.close();
});

describe(audit, () => {
  it('comes to the same record from the same inputs, seed and number of steps', () => {
    const [first, second] = runs.map(({ seconds, ...record }) => record);
    expect(first).toMatchObject({ verdict: { outcome: 'divergent' }, budgetCut: false });
    expect(second).toEqual(first);
  });
});

describe(replayDivergence, () => {
  const bundle = (prediction: Prediction): ReplayBundle => ({
    instance: fixture.instance,
    prediction,
    repository: fixture.repository.origin,
    engine: { name: 'local', image: null, python: null, sandbox: true, trusted: false },
    seed: FEW_STEPS.seed,
  });

  it('reproduces each divergence of a record', async () => {
    const divergences = runs[0]!.divergences;
    expect(divergences.length).toBeGreaterThan(0);
    for (const divergence of divergences) {
      const replayed = await replayDivergence(
        bundle(fixture.prediction('overlooked')),
        divergence,
        opened.context,
        runs[0]!.seeds,
      );
      expect(replayed).toMatchObject({
        reproduced: true,
        comparison: { kind: 'different', differences: divergence.differences },
        observations: { base: { outcome: divergence.observations.base.outcome } },
        test: { gold: 'passed', candidate: 'failed' },
      });
    }
  });

  it('reproduces nothing on a candidate that is right', async () => {
    const [divergence] = runs[0]!.divergences;
    const replayed = await replayDivergence(
      bundle(fixture.prediction('rewritten')),
      divergence!,
      opened.context,
      runs[0]!.seeds,
    );
    expect(replayed).toMatchObject({
      reproduced: false,
      comparison: { kind: 'same' },
      test: { gold: 'passed', candidate: 'passed' },
    });
  });

  it('says so where the candidate cannot be made any more', async () => {
    const [divergence] = runs[0]!.divergences;
    const replayed = replayDivergence(bundle(fixture.prediction('stray')), divergence!, opened.context);
    await expect(replayed).rejects.toThrow(Unjudgeable);
  });
});
