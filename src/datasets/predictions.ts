import { stat } from 'node:fs/promises';
import { UserError } from '../model/errors.js';
import type { Instance, Prediction, SourceLocation } from '../model/instance.js';
import { errorOf, type PredictionRecord, type UnreadablePrediction } from './prediction-file.js';
import { openPredictionFile, openPredictionFolder } from './prediction-folder.js';
import { shapeNames, stemOf } from './prediction-shapes.js';

/** One model, with the files that its predictions come from. */
export interface Submission {
  readonly model: string;
  readonly files: readonly string[];
  /** The submission folder or run directory that they were found in. */
  readonly folder: string | null;
  /** How many of its predictions count: without duplicates and unknown instances, with those that cannot be read. */
  readonly predictions: number;
}

/** A prediction given more than once: the last one counts, as in the harness. */
export interface Duplicate {
  readonly instanceId: string;
  readonly model: string;
  /** Every place, in order; the last one counts. */
  readonly sources: readonly SourceLocation[];
}

/** A prediction for an instance of the dataset that cannot be read. */
export interface InvalidPrediction {
  readonly instanceId: string;
  readonly model: string;
  readonly source: SourceLocation;
  /** A sentence with the place and the field. */
  readonly problem: string;
}

export interface LoadedPredictions {
  /** One per model and instance, for instances of the dataset. */
  readonly predictions: readonly Prediction[];
  /** One per model and instance that has no prediction because the last one given cannot be read. */
  readonly invalid: readonly InvalidPrediction[];
  readonly duplicates: readonly Duplicate[];
  readonly submissions: readonly Submission[];
  /** Ids that predictions name and the dataset does not have, sorted. */
  readonly unknownInstances: readonly string[];
  /** A sentence for each path: what it was recognised as. */
  readonly recognised: readonly string[];
  /** A sentence for each record that cannot be read and whose instance is not known; the first of them. */
  readonly problems: readonly string[];
  /** How many such records there are. */
  readonly unreadable: number;
  /** How many records were read: predictions, duplicates, those for unknown instances, and what cannot be read. */
  readonly records: number;
}

/** So many problems are told. */
const MOST_PROBLEMS = 10;

/**
 * Loads predictions from files and directories of any shape that is read, or the word `gold` for the dataset's own
 * patches. Only predictions for instances of the dataset are kept in memory.
 * Throws UserError when nothing can be read, and when not one prediction is for an instance of the dataset.
 */
export async function loadPredictions(
  paths: readonly string[],
  dataset: readonly Pick<Instance, 'instanceId' | 'goldPatch' | 'source'>[],
): Promise<LoadedPredictions> {
  const collected = new Collected(new Set(dataset.map(({ instanceId }) => instanceId)));
  for (const one of paths) {
    const { records, folder } = await fromPath(one, dataset);
    for await (const record of records) collected.add(record, folder);
    collected.endPath(one);
  }
  return collected.result(paths);
}

/** What one path gave. */
interface Given {
  readonly records: AsyncIterable<PredictionRecord> | Iterable<PredictionRecord>;
  readonly folder: string | null;
}

async function fromPath(
  given: string,
  dataset: readonly Pick<Instance, 'instanceId' | 'goldPatch' | 'source'>[],
): Promise<Given> {
  if (given === 'gold') {
    const records = dataset.map(({ instanceId, goldPatch: patch, source }): PredictionRecord => ({
      kind: 'prediction',
      prediction: { instanceId, model: 'gold', patch, source },
      named: true,
      shape: "the dataset's own patches",
    }));
    return { records, folder: null };
  }
  const facts = await stat(given).catch(() => null);
  if (facts === null)
    throw new UserError('predictions-missing', `there are no predictions ${given}`, 'Check the path.');
  if (!facts.isDirectory()) return { records: openPredictionFile(given), folder: null };
  const opened = await openPredictionFolder(given);
  if (opened) return opened;
  throw new UserError(
    'predictions-missing',
    `${given} holds no predictions`,
    `Read are: ${shapeNames()}, patches named for their instances, and patch.diff per instance.`,
  );
}

/** The last word on a pair, and where all of them stood. */
interface Pair {
  readonly model: string;
  readonly instanceId: string;
  last: Prediction | UnreadablePrediction;
  folder: string | null;
  readonly sources: SourceLocation[];
}

/** Takes the records one by one, and counts every one of them in exactly one place. */
class Collected {
  readonly #pairs = new Map<string, Pair>();
  readonly #unknown = new Set<string>();
  readonly #recognised: string[] = [];
  readonly #problems: string[] = [];
  #shapes = new Map<string, number>();
  #latest: Pick<Prediction, 'model' | 'source'> | null = null;
  #first: UnreadablePrediction | null = null;
  #broken = 0;
  #unreadable = 0;
  #records = 0;

  constructor(private readonly known: ReadonlySet<string>) {}

  add(record: PredictionRecord, folder: string | null): void {
    this.#records += 1;
    if (record.kind === 'prediction') {
      const { prediction, shape } = record;
      this.#shapes.set(shape, (this.#shapes.get(shape) ?? 0) + 1);
      const { instanceId, model, source } = prediction;
      this.#latest = { model, source };
      if (this.known.has(instanceId)) this.#put({ instanceId, model, source }, prediction, folder);
      else this.#unknown.add(instanceId);
      return;
    }
    this.#broken += 1;
    this.#first ??= record;
    const { instanceId, source } = record;
    if (instanceId !== null && this.known.has(instanceId)) {
      this.#put({ instanceId, model: record.model ?? this.#modelNear(source.file), source }, record, folder);
      return;
    }
    if (instanceId === null) {
      this.#unreadable += 1;
      if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(record.problem);
    } else {
      this.#unknown.add(instanceId);
    }
  }

  endPath(given: string): void {
    const shapes = [...this.#shapes].map(
      ([shape, count]) => `${count} prediction${count === 1 ? '' : 's'}, ${shape}`,
    );
    if (shapes.length > 0) this.#recognised.push(`${given}: ${shapes.join('; ')}`);
    this.#shapes = new Map();
  }

  result(paths: readonly string[]): LoadedPredictions {
    const pairs = [...this.#pairs.values()];
    const read = pairs.filter(({ last }) => !('kind' in last));
    const [only] = pairs.flatMap(({ last }) => ('kind' in last ? [last] : []));
    const worst = only ?? (this.#broken === this.#records ? this.#first : null);
    if (read.length === 0 && worst) throw errorOf(worst, this.#broken - 1);
    if (read.length === 0) throw this.#nothing(paths);
    return {
      predictions: read.flatMap(({ last }) => ('kind' in last ? [] : [last])),
      invalid: pairs.flatMap(({ model, instanceId, last }) =>
        'kind' in last ? [{ model, instanceId, source: last.source, problem: last.problem }] : [],
      ),
      duplicates: pairs
        .filter(({ sources }) => sources.length > 1)
        .map(({ instanceId, model, sources }) => ({ instanceId, model, sources })),
      submissions: submissionsOf(pairs),
      unknownInstances: [...this.#unknown].sort(),
      recognised: this.#recognised,
      problems: this.#problems,
      unreadable: this.#unreadable,
      records: this.#records,
    };
  }

  #put(
    { instanceId, model, source }: Pick<Prediction, 'instanceId' | 'model' | 'source'>,
    last: Pair['last'],
    folder: string | null,
  ): void {
    const key = JSON.stringify([model, instanceId]);
    const pair = this.#pairs.get(key);
    if (pair) {
      pair.last = last;
      pair.folder = folder;
      pair.sources.push(source);
    } else {
      this.#pairs.set(key, { instanceId, model, last, folder, sources: [source] });
    }
  }

  /** The model of a record that does not say which: that of the record before it in the file. */
  #modelNear(file: string): string {
    return this.#latest?.source.file === file ? this.#latest.model : stemOf(file);
  }

  #nothing(paths: readonly string[]): UserError {
    const such = [...this.#unknown].slice(0, 3).join(', ');
    return new UserError(
      'predictions-match-nothing',
      `no prediction in ${paths.join(', ')} is for an instance of the dataset${such === '' ? '' : ` (they are for ${such})`}`,
      'Check that dataset and predictions belong together.',
    );
  }
}

function submissionsOf(pairs: readonly Pair[]): Submission[] {
  const byModel = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const own = byModel.get(pair.model);
    if (own) own.push(pair);
    else byModel.set(pair.model, [pair]);
  }
  return [...byModel].map(([model, own]) => ({
    model,
    files: [...new Set(own.map(({ last }) => last.source.file))],
    folder: own.find(({ folder }) => folder !== null)?.folder ?? null,
    predictions: own.length,
  }));
}
