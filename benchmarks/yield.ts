import os from 'node:os';
import { readArguments } from './bench/arguments.js';
import { runPatchdiff } from './bench/patchdiff.js';
import { publish } from './bench/result.js';
import { table } from './bench/table.js';
import { summarizeYield } from './bench/yield-summary.js';

const given = readArguments(process.argv.slice(2));
const { report, seconds } = await runPatchdiff(given);
const summary = summarizeYield(report, given.workers, os.availableParallelism());
const { together, generators, inputsPerSecond, failingTests } = summary;
await publish(
  'yield',
  given,
  [
    table(
      ['generator', 'inputs', 'pairs divergent', 'only here', 'divergences', 'first after s (median)'],
      [
        ...generators.map((row) => [
          row.generator,
          row.inputs,
          row.pairs,
          row.alone,
          row.divergences,
          row.firstSeconds,
        ]),
        ['developer tests', null, failingTests.developer, null, null, null],
        ['benchmark tests', null, failingTests.benchmark, null, null, null],
        ['together', together.inputs, together.pairs, null, together.divergences, together.firstSeconds],
      ],
    ),
    table(
      ['measure', 'value'],
      [
        ['pairs', summary.pairs],
        ['first divergence after s (slowest)', together.slowestFirstSeconds],
        ['inputs per second (all)', inputsPerSecond.all],
        ['inputs per second (median of pairs)', inputsPerSecond.median],
        ['observations per second and core', summary.observationsPerSecondPerCore],
        ['flaky inputs dropped', summary.flakyInputs],
        ['inputs without evidence', summary.unknownInputs],
        ['seconds of the run', seconds],
      ],
    ),
    table(
      ['unverifiable', 'pairs', 'which'],
      Object.entries(summary.unverifiable).map(([reason, ids]) => [reason, ids.length, ids.join(', ')]),
    ),
  ],
  {
    run: { options: report.run.options, engine: report.run.engine, workers: given.workers, seconds },
    ...summary,
  },
);
