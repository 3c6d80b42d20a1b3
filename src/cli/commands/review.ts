import { userInfo } from 'node:os';
import path from 'node:path';
import { currentLabels, idOfPair } from '../../metrics/labels.js';
import { drawSample, samplePopulation } from '../../metrics/sample.js';
import { UserError } from '../../model/errors.js';
import type { Sample } from '../../model/label.js';
import type { RunReport } from '../../model/report.js';
import { pageScript, renderPage, reviewScript } from '../../page/page.js';
import { pageData } from '../../page/page-data.js';
import { plural } from '../../report/words.js';
import { reviewQueue } from '../../review/queue.js';
import { serveReview, type ReviewDesk } from '../../review/server.js';
import { LabelFolder } from '../../runs/label-folder.js';
import { readReport } from '../../runs/read-report.js';
import { RunFolder } from '../../runs/run-folder.js';
import { linksFrom } from '../../runs/write-report.js';
import { bundles } from '../../app/records/bundles.js';
import type { ArgumentsOf, Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';

const OPTIONS = {
  reviewer: {
    type: 'string',
    requiresArg: true,
    describe: 'Name of the reviewer (default: the name of the user)',
  },
  port: {
    type: 'number',
    requiresArg: true,
    default: 0,
    describe: 'Port on the loopback interface; 0 for any free one',
  },
  sample: {
    type: 'number',
    requiresArg: true,
    describe: 'Review this many of the resolved divergent pairs, drawn at random',
  },
  'sample-seed': { type: 'number', requiresArg: true, default: 0, describe: 'Seed of the sample' },
} as const;

type ReviewArguments = ArgumentsOf<typeof OPTIONS> & { run: string };

export const reviewCommand: Command<ReviewArguments> = {
  builder: (argv) =>
    argv
      .positional('run', { type: 'string', demandOption: true, describe: 'Folder of a run' })
      .options(OPTIONS)
      .example('$0 review patchdiff-runs/run --sample 50', 'Label 50 divergent pairs drawn at random'),
  handler: async (argv, { stdout, stderr, signal }) => {
    const directory = path.resolve(argv.run);
    const reviewer = argv.reviewer ?? userInfo().username;
    if (reviewer.trim() === '') throw new UserError('usage', '--reviewer is empty', 'Give a name.');
    const report = await readReport(path.join(directory, 'report.json'));
    const labels = new LabelFolder(directory);
    const sample = await sampleOf(argv, report, labels);
    const desk = await deskOf(directory, reviewer, labels, sample);
    const server = await serveReview(desk, argv.port);
    stdout.write(`${server.address}\n`);
    stderr.write(
      `${plural(reviewQueue(report.records, sample).length, 'pair')} to review; labels go to ${path.relative('.', labels.fileOf(reviewer))}. Press Ctrl-C to stop.\n`,
    );
    await new Promise((resolve) => {
      if (signal.aborted) resolve(null);
      signal.addEventListener('abort', resolve, { once: true });
    });
    await server.close();
    return EXIT.ok;
  },
};

/** The sample asked for: the one that is there when it is the same, else a new one. Null when none was asked for. */
async function sampleOf(
  { sample: size, sampleSeed: seed }: Pick<ReviewArguments, 'sample'> & { readonly sampleSeed: number },
  { metrics, records }: RunReport,
  labels: LabelFolder,
): Promise<Sample | null> {
  if (size === undefined) return null;
  const population = samplePopulation(metrics.overall);
  if (!Number.isSafeInteger(size) || size < 1 || size > population.length) {
    throw new UserError(
      'usage',
      `--sample must be from 1 to ${population.length}, the resolved pairs that pass all tests here and diverge`,
      'Choose another size.',
    );
  }
  if (!Number.isSafeInteger(seed))
    throw new UserError('usage', '--sample-seed must be an integer', 'See patchdiff --help.');
  const drawn: Sample = {
    seed,
    population: population.length,
    pairs: drawSample(population, size, seed).flatMap((id) =>
      records
        .filter((record) => idOfPair(record) === id)
        .map(({ model, instanceId }) => ({ model, instanceId })),
    ),
  };
  const { sample: known } = await labels.read();
  if (known && JSON.stringify(idsOf(known)) !== JSON.stringify(idsOf(drawn))) {
    throw new UserError(
      'sample-drawn',
      `a sample of ${known.pairs.length} was drawn for this run already, with seed ${known.seed}`,
      'Give the same size and seed, or remove labels/sample.json to draw another sample.',
    );
  }
  if (!known) await labels.writeSample(drawn);
  return drawn;
}

const idsOf = ({ seed, population, pairs }: Sample) => [seed, population, pairs.map(idOfPair)];

/** The page with the labels on disk as they are at each request; of the labels, only the reviewer's own. */
async function deskOf(
  directory: string,
  reviewer: string,
  labels: LabelFolder,
  sample: Sample | null,
): Promise<ReviewDesk> {
  const folder = RunFolder.at(directory);
  const [script, ownScript, bundleOf] = await Promise.all([pageScript(), reviewScript(), bundles(folder)]);
  const file = path.join(directory, 'report.json');
  const { records } = await readReport(file, { labels: [], sample: null });
  return {
    page: async () => {
      const { labels: all } = await labels.read();
      const own = currentLabels(all, records).current.filter((one) => one.reviewer === reviewer);
      const report = await readReport(file, { labels: own, sample });
      const data = pageData(report, linksFrom('.', folder, report.records), bundleOf);
      const given = own.map((one) => [idOfPair(one), { label: one.label, note: one.note }] as const);
      const state = {
        reviewer,
        queue: reviewQueue(report.records, sample),
        sampled: sample !== null,
        labels: Object.fromEntries(given),
      };
      return renderPage(report, data, script, { state, script: ownScript });
    },
    take: async ({ pair, label, note }) => {
      const record = records.find((one) => idOfPair(one) === pair);
      if (!record) return false;
      const { model, instanceId, hashes } = record;
      if (label === null) await labels.remove(reviewer, { model, instanceId });
      else {
        const { goldPatch, candidatePatch } = hashes;
        const at = new Date().toISOString();
        await labels.save({ model, instanceId, reviewer, label, note, at, goldPatch, candidatePatch });
      }
      return true;
    },
  };
}
