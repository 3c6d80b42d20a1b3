import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './root.js';

/** What a benchmark measures; its options have the names and letters of those of `patchdiff run`. */
export interface BenchArguments {
  readonly dataset: string;
  /** Files of predictions; empty means those beside the dataset. */
  readonly predictions: readonly string[];
  /** Ids of instances; empty means all. */
  readonly instances: readonly string[];
  readonly reposDir: string | undefined;
  readonly workers: number;
  readonly image: string | undefined;
  /** Python interpreter that has the dependencies of the code under test. */
  readonly python: string;
  /** Seconds that every tool has for one pair in `peers`; the search of one pair elsewhere. */
  readonly budget: number | undefined;
  /** Seed of every random choice; `controls` uses the next two as well. */
  readonly seed: number;
  /** Whether `controls` sends each rewrite as a candidate of its own. */
  readonly each: boolean;
  /** Options that go to `patchdiff run` as they are. */
  readonly forwarded: readonly string[];
  /** Folder that the results are written to. */
  readonly out: string;
}

const FORWARDED = ['repos-dir', 'engine', 'python', 'image', 'timeout'] as const;
const text = { type: 'string' } as const;

/** Reads a command line; without a dataset, the bundled benchmark is measured. */
export function readArguments(argv: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      predictions: { ...text, short: 'p', multiple: true },
      instance: { ...text, short: 'i', multiple: true },
      workers: { ...text, short: 'j', default: '1' },
      budget: text,
      'repos-dir': text,
      engine: text,
      python: text,
      image: text,
      seed: { ...text, default: '0' },
      timeout: { ...text, short: 't' },
      'no-sandbox': { type: 'boolean' },
      each: { type: 'boolean', default: false },
      out: { ...text, default: 'patchdiff-runs/bench' },
    },
  });
  return {
    dataset: positionals[0] ?? path.join(ROOT, 'benchmarks/mini'),
    predictions: values.predictions ?? [],
    instances: values.instance ?? [],
    reposDir: values['repos-dir'],
    image: values.image,
    workers: positive('--workers', values.workers),
    python: values.python ?? 'python3',
    budget: values.budget === undefined ? undefined : positive('--budget', values.budget),
    seed: whole('--seed', values.seed),
    each: values.each,
    forwarded: [
      ...FORWARDED.flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]])),
      ...(values['no-sandbox'] === true ? ['--no-sandbox'] : []),
    ],
    out: values.out,
  };
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new Error(`${name} must be a positive number`);
  return number;
}

function whole(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`${name} must be a whole number`);
  return number;
}
