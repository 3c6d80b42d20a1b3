import type { IssueGround } from '../../src/compare/scope.js';
import { computeMetrics } from '../../src/metrics/metrics.js';
import { withScore } from '../../src/metrics/score.js';
import type { Divergence } from '../../src/model/divergence.js';
import type { Input } from '../../src/model/input.js';
import type { Label, LabelName } from '../../src/model/label.js';
import type { Canonical, ExceptionFacts, Observation, Outcome } from '../../src/model/observation.js';
import type { RunReport } from '../../src/model/report.js';
import type { PairRecord } from '../../src/model/verdict.js';

/** An input that a developer test's own line gave, with no set-up. */
export function anInput(source: string, overrides: Partial<Input> = {}): Input {
  const fixed = {
    id: source,
    prelude: '',
    prefix: [],
    generator: 'test',
    seed: 's',
    seedOrigin: 'test',
  } as const;
  return { ...fixed, source, mutations: [], domain: 'observed', ...overrides };
}

/** An observation with nothing but its outcome. */
export function anObservation(outcome: Outcome, overrides: Partial<Observation> = {}): Observation {
  return { outcome, stdout: '', stderr: '', warnings: [], state: {}, hits: [], ...overrides };
}

/** The side answered `value`. */
export function answered(value: Canonical, overrides: Partial<Observation> = {}): Observation {
  return anObservation({ kind: 'value', value }, overrides);
}

/** The side raised a builtin exception, `name` without its module. */
export function raised(name: string, message = '', facts: Partial<ExceptionFacts> = {}): Observation {
  const exception = { type: `builtins.${name}`, bases: ['builtins.Exception'], message, ...facts };
  return anObservation({ kind: 'raised', exception });
}

export const int = (v: number): Canonical => ({ t: 'int', v: String(v) });
export const str = (v: string): Canonical => ({ t: 'str', v });
export const list = (...items: Canonical[]): Canonical => ({ t: 'list', items });
export const object = (type: string, repr: string): Canonical => ({ t: 'object', type, public: {}, repr });

/** A divergence in which gold answers 1 and the candidate 2. */
export function aDivergence(overrides: Partial<Divergence> = {}): Divergence {
  return {
    id: 'd1',
    input: anInput('f(1)'),
    aspect: 'value',
    class: 'extra',
    grade: 'different-value',
    differences: [{ aspect: 'value', path: '', left: int(1), right: int(2) }],
    observations: { base: answered(int(1)), gold: answered(int(1)), candidate: answered(int(2)) },
    targets: ['pkg/f.py::f'],
    ...overrides,
  };
}

/** A consistent, plausible pair. */
export function aRecord(overrides: Partial<PairRecord> = {}): PairRecord {
  return {
    instanceId: 'demo-1',
    model: 'm',
    verdict: { outcome: 'consistent', identical: false },
    plausible: true,
    benchmarkFailures: [],
    leftOut: [],
    unmatched: [],
    passOnBase: [],
    forgedTests: null,
    testSteering: { files: [], withOwn: 'not-run' },
    developerFailures: [],
    developerTests: { suite: 'impacted', run: 2, of: 7, cut: 0, files: { run: 3, of: 3 } },
    divergences: [],
    score: null,
    inputs: { tried: 3, same: 3, different: 0, flaky: 0, unknown: 0, setupFailed: 0 },
    differs: { reached: 3, different: 0, regression: 0, unfixed: 0, otherFix: 0 },
    generated: { test: 3 },
    targets: [{ id: 'pkg/f.py::f', reached: true }],
    applied: { gold: 'git-apply', candidate: 'git-apply' },
    hygiene: [],
    hashes: { goldPatch: 'a', candidatePatch: 'b', goldEffect: 'c', candidateEffect: 'd' },
    environment: { engine: 'local', image: null, python: '3.9.18', probe: '1' },
    seed: 0,
    budgetCut: false,
    seconds: { total: 10, tests: 4, observe: 5, confirm: 1, instance: 3, bare: 2, firstDifference: {} },
    reusedFrom: null,
    ...overrides,
  };
}

/** A run of two submissions over three instances, with a divergent, an unverifiable and two consistent pairs. */
export function aReport(): RunReport {
  const records = [
    aRecord(),
    aRecord({ instanceId: 'demo-2', verdict: { outcome: 'divergent' }, divergences: [aDivergence()] }),
    aRecord({
      instanceId: 'demo-3',
      plausible: null,
      verdict: { outcome: 'unverifiable', reason: 'gold-flaky', detail: 'a | b' },
    }),
    aRecord({ model: 'n', reusedFrom: { instanceId: 'demo-1', model: 'm' } }),
  ].map(withScore);
  const ids = ['demo-1', 'demo-2', 'demo-3'];
  const submissions = [
    { model: 'm', submitted: ids, reported: { ids, source: 'm.results.json' } },
    { model: 'n', submitted: ['demo-1'], reported: null },
  ];
  return {
    schemaVersion: 1,
    tool: { name: 'patchdiff', version: '0.1.0', probe: '1' },
    run: {
      id: 'demo',
      startedAt: '2026-01-01T00:00:00.000Z',
      finishedAt: '2026-01-01T00:01:00.000Z',
      dataset: { path: 'demo.jsonl', sha256: 'e', instances: 3 },
      instances: ids,
      shard: null,
      submissions: submissions.map((one) => ({
        ...one,
        files: [{ path: `${one.model}.jsonl`, sha256: 'f' }],
      })),
      options: { seed: 0, mutants: 2500 },
      engine: 'local: no Docker daemon answers',
      seed: 0,
    },
    records,
    metrics: computeMetrics(records, submissions, ids),
  };
}

/** A label that ada gave to a pair as `aRecord` makes it. */
export function aLabel(instanceId: string, label: LabelName, overrides: Partial<Label> = {}): Label {
  const fixed = { model: 'm', reviewer: 'ada', note: '', at: '2026-01-02T00:00:00.000Z' };
  return { ...fixed, instanceId, label, goldPatch: 'a', candidatePatch: 'b', ...overrides };
}

/** Nothing is known of what the issue is about. */
export const NO_GROUND: IssueGround = { seeds: new Set(), entered: new Set(), privateNames: new Set() };
