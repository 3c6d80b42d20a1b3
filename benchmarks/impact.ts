import path from 'node:path';
import { rm, stat, symlink } from 'node:fs/promises';
import { predictionsBeside } from '../src/datasets/dataset-source.js';
import { cacheDirectory } from '../src/app/cache/cache.js';
import { openAudit } from '../src/app/engine/open-audit.js';
import { DEFAULT_OPTIONS } from '../src/model/options.js';
import { Repositories } from '../src/trees/repositories.js';
import { readArguments } from './bench/arguments.js';
import { measureInstance, type Measured } from './bench/impact/measure.js';
import { ROOT } from './bench/root.js';
import { readInstances, readPatches } from './bench/patches.js';
import { publish } from './bench/result.js';
import { table } from './bench/table.js';

// The compiled sources look for the probe and package.json beside them.
for (const name of ['containers', 'package.json']) {
  const link = path.join(ROOT, 'benchmarks', 'dist', name);
  await rm(link, { force: true });
  await symlink(path.relative(path.dirname(link), path.join(ROOT, name)), link);
}
const given = readArguments(process.argv.slice(2));
const withPatches = given.predictions.length > 0 || (await predictionsBeside(given.dataset)) !== null;
const { instances, predictions } = withPatches
  ? await readPatches(given)
  : { instances: await readInstances(given), predictions: [] };
const directory = (await stat(given.dataset)).isDirectory() ? given.dataset : path.dirname(given.dataset);
const repositories = new Repositories({
  cacheDirectory: cacheDirectory('repositories'),
  ...(given.reposDir === undefined ? {} : { reposDir: given.reposDir }),
});
const { context, close } = await openAudit({
  runId: 'bench-impact',
  engine: 'local',
  environments: 'given',
  tell: () => undefined,
  python: given.python,
  sandbox: !given.forwarded.includes('--no-sandbox'),
  trusted: false,
  reuse: false,
  instances,
  repositoryOf: ({ repo }) => repositories.resolve(repo, directory),
  options: DEFAULT_OPTIONS,
  listen: () => undefined,
  signal: new AbortController().signal,
});
const measured: Measured[] = [];
try {
  for (const instance of instances) {
    const own = predictions.filter(({ instanceId }) => instanceId === instance.instanceId);
    const one = await measureInstance(instance, own, context, given.budget ?? DEFAULT_OPTIONS.timeoutSeconds);
    process.stderr.write(`${JSON.stringify({ ...one, candidates: one.candidates.length })}\n`);
    measured.push(one);
  }
} finally {
  await close();
}
const candidates = measured.flatMap((one) => one.candidates.map((each) => ({ ...each, one })));
await publish(
  'impact',
  given,
  [
    table(
      [
        'instance',
        'files',
        'tests passed',
        'bare s',
        'traced s',
        'traced / bare',
        'status changed',
        'changed untraced',
      ],
      measured.map((one) => [
        one.instance,
        one.files.of,
        one.passed,
        one.bareSeconds,
        one.tracedSeconds,
        one.tracedSeconds / one.bareSeconds,
        one.changedByTracing.length,
        one.changedByItself.length,
      ]),
    ),
    table(
      [
        'instance',
        'candidate',
        'run',
        'of',
        'whole s',
        'impacted s',
        'share',
        'failing',
        'missed',
        'only impacted',
      ],
      candidates.map(({ one, ...each }) => [
        one.instance,
        each.name,
        each.run,
        each.of,
        each.wholeSeconds,
        each.impactedSeconds,
        each.impactedSeconds / each.wholeSeconds,
        each.failing.length,
        each.missed.length,
        each.added.length,
      ]),
    ),
  ],
  { measured },
);
if (candidates.some(({ missed }) => missed.length > 0)) process.exitCode = 1;
