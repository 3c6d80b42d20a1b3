import type Docker from 'dockerode';
import pLimit from 'p-limit';
import type { ArgumentsCamelCase } from 'yargs';
import { loadDataset } from '../../datasets/dataset.js';
import { directoryOf } from '../../datasets/dataset-source.js';
import { selectInstances } from '../../datasets/select.js';
import { connectDocker, dockerProblem } from '../../observe/engine/docker/docker-connection.js';
import { gigabytes } from '../../observe/engine/docker/docker-room.js';
import { ensureImage, publicImageName } from '../../observe/engine/docker/images.js';
import { cleanImages, ownImages } from '../../images/own-images.js';
import { DEFAULT_BASE_IMAGE } from '../../images/recipe-image.js';
import { InfraError, UserError } from '../../model/errors.js';
import type { Instance } from '../../model/instance.js';
import { plural } from '../../report/words.js';
import type { ArgumentsOf, Command, CommandContext } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';
import { openRecipeBuilds } from '../../app/images/recipe-builds.js';
import { hubFromEnvironment } from '../../app/inputs/hub-from-environment.js';
import { RUN_DEFAULTS } from '../../app/options/run-options.js';
import { ENGINES } from '../../app/options/shared-options.js';
import { checkEnvironments } from './images-check.js';

const OPTIONS = {
  instance: {
    alias: 'i',
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Only this instance (repeatable)',
  },
  split: {
    alias: 's',
    type: 'string',
    requiresArg: true,
    default: 'test',
    describe: 'Split of a hub dataset, a directory of Parquet files or a task repository',
  },
  workers: {
    alias: 'j',
    type: 'number',
    requiresArg: true,
    default: 2,
    describe: 'Images, or instances, at a time',
  },
  'base-image': {
    type: 'string',
    requiresArg: true,
    default: DEFAULT_BASE_IMAGE,
    describe: 'build: base image; {python} stands for the version of Python',
  },
  network: { type: 'string', requiresArg: true, describe: 'build: network, as for docker build' },
  'repos-dir': {
    type: 'string',
    requiresArg: true,
    describe: 'build, check: clones, directories or archives of the repositories',
  },
  engine: {
    choices: ENGINES,
    default: RUN_DEFAULTS.engine,
    describe: 'check: engine; auto takes docker when a daemon answers and an image is known, else local',
  },
  sandbox: {
    type: 'boolean',
    default: RUN_DEFAULTS.sandbox,
    describe: 'check: sandbox local runs; --no-sandbox runs them without one',
  },
  timeout: {
    alias: 't',
    type: 'number',
    requiresArg: true,
    default: RUN_DEFAULTS.timeout,
    describe: "check: seconds for one run of an instance's test files",
  },
  format: {
    choices: ['text', 'json'],
    default: 'text',
    describe: 'check: what to print on standard output',
  },
  namespace: {
    type: 'string',
    requiresArg: true,
    default: 'swebench',
    describe: 'pull: namespace of the public images, such as that of a mirror',
  },
} as const;

type ImagesArguments = ArgumentsOf<typeof OPTIONS> & {
  action: 'build' | 'check' | 'pull' | 'ls' | 'clean';
  dataset?: string | undefined;
};

export const imagesCommand: Command<ImagesArguments> = {
  builder: (argv) =>
    argv
      .positional('action', {
        choices: ['build', 'check', 'pull', 'ls', 'clean'] as const,
        demandOption: true,
        describe:
          "check runs the reference's tests in every environment; clean removes images made by build, no others",
      })
      .positional('dataset', { type: 'string', describe: 'build, check, pull: as for patchdiff run' })
      .options(OPTIONS)
      .example(
        '$0 images check dataset.jsonl --engine local',
        'Build every environment and run the tests of the reference in it',
      )
      .example('$0 images pull verified -i astropy__astropy-12907', 'Pull the public image of one instance'),
  handler: async (argv, context) => {
    if (argv.action === 'check') {
      requireWorkers(argv.workers);
      const directory = await directoryOf(argv.dataset ?? '');
      return checkEnvironments({ ...argv, directory, instances: await instancesOf(argv, context) }, context);
    }
    const docker = connectDocker();
    const problem = await dockerProblem(docker);
    if (problem !== undefined) {
      throw new UserError(
        'docker-unavailable',
        `Docker does not answer: ${problem}`,
        'See patchdiff doctor.',
      );
    }
    switch (argv.action) {
      case 'ls':
        return list(docker, context);
      case 'clean':
        return clean(docker, context);
      case 'pull':
        return pull(docker, argv, context);
      case 'build':
        return build(docker, argv, context);
    }
  },
};

async function list(docker: Docker, { stdout }: CommandContext): Promise<number> {
  const images = await ownImages(docker);
  for (const { name, environment, bytes, containers } of images)
    stdout.write(`${name}  ${gigabytes(bytes)}  ${environment}${containers > 0 ? '  in use' : ''}\n`);
  stdout.write(`${plural(images.length, 'image')}, ${gigabytes(total(images))}\n`);
  return EXIT.ok;
}

async function clean(docker: Docker, { stdout }: CommandContext): Promise<number> {
  const { removed, inUse } = await cleanImages(docker, await ownImages(docker));
  for (const { name } of removed) stdout.write(`removed ${name}\n`);
  for (const { name } of inUse) stdout.write(`kept ${name}, which is used by a container\n`);
  stdout.write(`${plural(removed.length, 'image')} removed, ${gigabytes(total(removed))}\n`);
  return EXIT.ok;
}

const total = (images: readonly { readonly bytes: number }[]): number =>
  images.reduce((sum, { bytes }) => sum + bytes, 0);

async function pull(
  docker: Docker,
  argv: ArgumentsCamelCase<ImagesArguments>,
  context: CommandContext,
): Promise<number> {
  const instances = await instancesOf(argv, context);
  const names = instances.map(
    ({ environment, instanceId }) => environment.image ?? publicImageName(instanceId, argv.namespace),
  );
  return each(context, argv.workers, [...new Set(names)], async (name) => {
    return `${name}: ${await ensureImage(docker, name, context.signal)}`;
  });
}

async function build(
  docker: Docker,
  argv: ArgumentsCamelCase<ImagesArguments>,
  context: CommandContext,
): Promise<number> {
  const { builds, withoutRecipe, close } = await openRecipeBuilds(docker, {
    instances: await instancesOf(argv, context),
    directory: await directoryOf(argv.dataset ?? ''),
    baseImage: argv.baseImage,
    network: argv.network,
    reposDir: argv.reposDir,
    signal: context.signal,
  });
  try {
    for (const { instanceId, repo, version = '' } of withoutRecipe)
      context.stderr.write(`${instanceId}: no recipe for ${repo} ${version}\n`);
    return await each(context, argv.workers, builds, ({ build }) => build());
  } finally {
    await close();
  }
}

/** Does something for each item; tells what the machinery fails at, and goes on with the others. */
async function each<T>(
  { stdout, stderr, signal }: CommandContext,
  workers: number,
  items: readonly T[],
  work: (item: T) => Promise<string>,
): Promise<number> {
  requireWorkers(workers);
  const limit = pLimit(workers);
  let failed = 0;
  const one = async (item: T): Promise<void> => {
    try {
      signal.throwIfAborted();
      stdout.write(`${await work(item)}\n`);
    } catch (error) {
      if (!(error instanceof InfraError)) throw error;
      failed += 1;
      stderr.write(
        `${error.message} (${error.code})\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`,
      );
    }
  };
  await Promise.all(items.map((item) => limit(one, item)));
  if (failed > 0) stderr.write(`${failed} of ${plural(items.length, 'image')} failed\n`);
  return failed > 0 ? EXIT.notJudged : EXIT.ok;
}

function requireWorkers(workers: number): void {
  if (!Number.isSafeInteger(workers) || workers < 1)
    throw new UserError('usage', '--workers must be a positive integer', 'See patchdiff --help.');
}

async function instancesOf(
  { action, dataset: name, split, instance }: ImagesArguments,
  { stderr, signal }: CommandContext,
): Promise<readonly Instance[]> {
  if (name === undefined) {
    throw new UserError(
      'usage',
      `images ${action} needs a dataset`,
      `Give it: patchdiff images ${action} DATASET.`,
    );
  }
  const dataset = await loadDataset({ name, split, revision: undefined, hub: hubFromEnvironment(signal) });
  if (instance === undefined)
    for (const { problem } of dataset.invalid) stderr.write(`${problem}; the row is left out\n`);
  return selectInstances(dataset.instances, instance ?? []);
}
