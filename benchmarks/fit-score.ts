import { publish } from './bench/result.js';
import { fitScore, type Grouped } from './bench/score/fit.js';
import { scoreQuality, TARGETS } from './bench/truth/quality.js';
import { writeWeights } from './bench/score/write.js';
import { table } from './bench/table.js';
import { readTruthArguments } from './bench/truth/arguments.js';
import { readJoin } from './bench/truth/read.js';
import { scoreTables } from './bench/truth/tables.js';
import { FEATURE_NAMES, FEATURES, featuresOf } from '../src/metrics/score-features.js';
import { certainScore, likelihood, type Weights } from '../src/metrics/score.js';

/** How much a pair that was made to be right or wrong counts: such pairs are plainer than patches of agents. */
const CONSTRUCTED_WEIGHT = 0.25;
const FEWEST = 10;

const given = readTruthArguments(process.argv.slice(2));
const { joined, missing } = await readJoin(given);
const rows = joined
  .filter(({ record, said }) => said !== 'not judged' && certainScore(record) === null)
  .map(({ label, record }) => ({
    label,
    example: {
      instance: label.instanceId,
      features: featuresOf(record),
      target: TARGETS[label.label],
      weight: label.constructed ? CONSTRUCTED_WEIGHT : label.confidence,
      constructed: label.constructed,
    } satisfies Grouped,
  }));
const found = rows.filter(({ label }) => !label.constructed);
const instances = new Set(found.map(({ label }) => label.instanceId)).size;
if (instances < FEWEST)
  throw new Error(
    `labelled patches of only ${instances} instances were judged, ${FEWEST} are needed to fit.`,
  );
const fit = fitScore(rows.map(({ example }) => example));
const scored = (score: (index: number) => number) =>
  rows.flatMap(({ label }, index) =>
    label.constructed ? [] : [{ instance: label.instanceId, label: label.label, score: score(index) }],
  );
const crossValidated = scoreQuality(scored((index) => fit.crossValidated[index] ?? 0));
const seen = scoreQuality(scored((index) => likelihood(rows[index]?.example.features ?? [], fit.weights)));
const spread = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.round(share * (values.length - 1))] ?? NaN;
const weightRow = (name: string, words: string, index: number) => {
  const of = (weights: Weights) => weights[index] ?? 0;
  const resampled = fit.resamples.map(of);
  const has =
    index === 0 ? rows.length : rows.filter(({ example }) => (example.features[index - 1] ?? 0) > 0).length;
  return [
    name,
    of(fit.weights).toFixed(2),
    `${spread(resampled, 0.025).toFixed(2)} to ${spread(resampled, 0.975).toFixed(2)}`,
    has,
    words,
  ];
};
const facts = { patches: found.length, instances, constructed: rows.length - found.length };
const written = given.write ? await writeWeights(fit, facts) : [];
await publish(
  'fit-score',
  { python: 'python3', out: given.out },
  [
    `${facts.patches} labelled patches of ${facts.instances} instances and ${facts.constructed} made ones; ${joined.length - rows.length} not judged or certain, ${missing.length} labels without a record. Ridge ${fit.ridge}.`,
    table(
      ['feature', 'weight', '95% (by instance)', 'patches with it', 'meaning'],
      [
        weightRow('intercept', 'a pair without any of these', 0),
        ...FEATURE_NAMES.map((name, index) => weightRow(name, FEATURES[name].words, index + 1)),
      ],
    ),
    'Cross-validated: every instance by weights that were fitted without it',
    ...scoreTables(crossValidated),
    'On what was fitted, for comparison',
    ...scoreTables(seen).slice(0, 1),
    written.length > 0
      ? `weights written to ${written.join(' and ')}`
      : 'weights not written: add --write, then build again',
  ],
  {
    runs: given.runs,
    labels: given.labels,
    ...facts,
    ridge: fit.ridge,
    weights: Object.fromEntries(
      ['intercept', ...FEATURE_NAMES].map((name, index) => [name, fit.weights[index]]),
    ),
    crossValidated,
    fitted: seen,
    patches: rows.map(({ label, example }, index) => ({
      id: label.id,
      label: label.label,
      constructed: label.constructed,
      features: Object.fromEntries(FEATURE_NAMES.map((name, at) => [name, example.features[at]])),
      crossValidated: fit.crossValidated[index],
    })),
  },
);
