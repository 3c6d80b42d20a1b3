import { z } from 'zod';
import { OptionError } from './option-error.js';
import { count, flag, oneOf, parseOptions, text, texts } from './parse-options.js';
import { hostShape, outShape, searchShape } from './shared-options.js';

export const RETRIES = ['errors', 'all', 'none'] as const;
export const KEEP_IMAGES = ['none', 'used', 'all'] as const;

const runSchema = z.strictObject({
  /** `lite`, `verified`, `full`, `multilingual`, OWNER/NAME on the hub, a file, a directory or a task repository. */
  dataset: text(),
  /** Predictions: files, directories of them, or `gold`; default: those beside the dataset. */
  predictions: texts().optional(),
  /** Split of a hub dataset, of a directory of Parquet files or of a task repository. */
  split: text().default('test'),
  /** Branch, tag or commit of a hub dataset. */
  revision: text().optional(),
  /** Ids of the instances to audit; default: all. */
  instances: texts().optional(),
  /** Only this part of the instances: `i/n`, such as `2/4`. */
  shard: text().optional(),
  /** File that says which instances were counted as resolved; default: the one beside the predictions. */
  results: text().optional(),
  /** Whether a row or a prediction that cannot be read is an error; else it stops only itself. */
  strict: flag().default(false),
  /** Clones, directories or archives of the repositories. */
  reposDir: text().optional(),
  /** Instances at a time; default: as many as processors and memory allow. */
  workers: count().optional(),
  /** URL of the Redis whose workers run the pairs; default: this machine runs them. */
  queue: text().optional(),
  /** Which pairs of an earlier run of the same folder are computed again. */
  retry: oneOf(RETRIES).default('errors'),
  /** Whether results that other runs computed from the same content are taken. */
  reuse: flag().default(true),
  /** Name of the run, and of its folder below `out`. */
  runId: text().default('run'),
  /** Which of the images that the run pulled or built stay. */
  keepImages: oneOf(KEEP_IMAGES).default('all'),
  ...outShape,
  ...hostShape,
  ...searchShape,
});

/** Options of `auditRun`: those of `patchdiff run`, with its defaults. */
export type RunOptions = z.input<typeof runSchema>;
/** The same, with the defaults filled in. */
export type CompleteRunOptions = z.output<typeof runSchema>;

/** The defaults, as the help of the command line shows them. */
export const RUN_DEFAULTS: CompleteRunOptions = runSchema.parse({ dataset: '' });

/** The options with their defaults. @throws OptionError */
export function completeRunOptions(given: RunOptions): CompleteRunOptions {
  const options = parseOptions(runSchema, given);
  if (options.queue !== undefined) refuseHostOptions(options);
  return options;
}

/** Options that say where patches run are the workers' when there is a queue. */
function refuseHostOptions(options: CompleteRunOptions): void {
  const given = (['engine', 'image', 'python', 'sandbox', 'reposDir'] as const).filter(
    (name) => options[name] !== RUN_DEFAULTS[name],
  );
  if (given.length === 0) return;
  const many = given.length > 1;
  throw new OptionError({
    message: (spell) =>
      `${given.map(spell).join(' and ')} cannot be combined with ${spell('queue')}; ` +
      `pass ${many ? 'them' : 'it'} to patchdiff worker`,
    hint: () => 'The workers of a queue decide where patches run.',
  });
}
