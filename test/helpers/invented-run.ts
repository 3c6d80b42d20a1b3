import path from 'node:path';
import { samplePopulation, drawSample } from '../../src/metrics/sample.js';
import { GRADES } from '../../src/model/divergence.js';
import { LABELS } from '../../src/model/label.js';
import type { PairRecord } from '../../src/model/verdict.js';
import { renderReportJson } from '../../src/report/json.js';
import { runReport } from '../../src/report/run-report.js';
import { LabelFolder } from '../../src/runs/label-folder.js';
import { writeWhole } from '../../src/platform/write-file.js';
import { aDivergence, aLabel, aRecord, aReport } from './builders.js';

const INSTANCES = Array.from({ length: 12 }, (_, index) => `org__project-${100 + index}`);
const MODELS = ['first', 'second', 'third/with slash'];

/** A record of almost every kind, each from its place. */
function recordAt(model: number, instance: number): PairRecord {
  const pair = { model: MODELS[model]!, instanceId: INSTANCES[instance]! };
  const grades = GRADES.slice(2);
  const grade = grades[(instance * 5 + model * 2) % grades.length]!;
  const failure = { id: 't', file: 't.py', gold: 'passed', candidate: 'failed' } as const;
  const divergences = [
    aDivergence({ id: `d${model}-${instance}`, grade, class: instance % 2 === 0 ? 'extra' : 'different' }),
  ];
  const divergent = { ...pair, verdict: { outcome: 'divergent' }, divergences } as const;
  switch ((instance + 4 * model) % 12) {
    case 0:
      return aRecord({ ...divergent, divergences: [], plausible: false, benchmarkFailures: [failure] });
    case 1:
      return aRecord({ ...divergent, developerFailures: [failure] });
    case 2:
      return aRecord({ ...pair, plausible: null, verdict: { outcome: 'empty' } });
    case 3:
      return aRecord({
        ...pair,
        plausible: null,
        verdict: { outcome: 'unverifiable', reason: 'gold-flaky', detail: 'd' },
      });
    case 4:
    case 5:
      return aRecord(pair);
    default:
      return model === 2 && instance % 3 > 0 ? aRecord(pair) : aRecord(divergent);
  }
}

/** Writes a run of three submissions whose order the audit changes; labelled by two reviewers when asked. */
export async function inventedRun(directory: string, labelled: boolean): Promise<void> {
  const records = MODELS.flatMap((_, model) => INSTANCES.map((_one, at) => recordAt(model, at)));
  const whole = aReport();
  const submissions = MODELS.map((model, index) => ({
    model,
    files: [],
    submitted: INSTANCES,
    reported: { ids: INSTANCES.slice(0, 11 - 2 * index), source: 'r.json' },
  }));
  const report = runReport({ ...whole.run, instances: INSTANCES, submissions }, whole.tool, records);
  await writeWhole(path.join(directory, 'report.json'), renderReportJson(report));
  if (!labelled) return;
  const folder = new LabelFolder(directory);
  const population = samplePopulation(report.metrics.overall);
  const sample = drawSample(population, 6, 1);
  const named = records.filter(({ model, instanceId }) => sample.includes(`${model}/${instanceId}`));
  await folder.writeSample({
    seed: 1,
    population: population.length,
    pairs: named.map(({ model, instanceId }) => ({ model, instanceId })),
  });
  const divergent = records.filter(({ verdict }) => verdict.outcome === 'divergent');
  const seen = [...new Set([...named, ...divergent.slice(0, 9)])];
  for (const [index, { model, instanceId }] of seen.entries()) {
    await folder.save(aLabel(instanceId, LABELS[(index * 3) % 4]!, { model, note: `note ${index}` }));
    const other = index % 3 === 0 ? 'incorrect' : LABELS[(index * 3) % 4]!;
    if (index % 2 === 0) await folder.save(aLabel(instanceId, other, { model, reviewer: 'ben' }));
  }
  await folder.save(aLabel(INSTANCES[5]!, 'incorrect', { model: MODELS[0]!, candidatePatch: 'older' }));
}
