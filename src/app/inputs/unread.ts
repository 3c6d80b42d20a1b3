import { rowError, type Dataset, type InvalidRow } from '../../datasets/dataset.js';
import type { LoadedPredictions } from '../../datasets/predictions.js';
import { selectInstances } from '../../datasets/select.js';
import { inShard, parseShard } from '../../datasets/shard.js';
import type { Instance, Prediction } from '../../model/instance.js';
import type { Shard } from '../../model/report.js';
import { plural } from '../../report/words.js';
import type { CompleteRunOptions } from '../options/run-options.js';

/** A pair of which the row or the prediction cannot be read. */
export interface UnreadPair {
  /** As much of the row as was read; without patches where the row cannot be read. */
  readonly instance: Instance;
  /** As much of the prediction as was read. */
  readonly prediction: Prediction;
  /** A sentence with the place and the field. */
  readonly problem: string;
}

/** The rows that a run is about. */
interface SelectedRows {
  /** Those asked for; for a row that cannot be read, what stands for it. */
  readonly selected: readonly Instance[];
  /** Those of the shard. */
  readonly own: readonly Instance[];
  readonly shard: Shard | null;
  /** The problem of each row that cannot be read, by id. */
  readonly invalid: ReadonlyMap<string, string>;
  /** How many rows cannot be read and name no instance. */
  readonly unnamed: number;
  /** A sentence for each row that cannot be read, as far as the user asked for it. */
  readonly problems: readonly string[];
}

/** So many problems are told one by one. */
const MOST_TOLD = 10;

/**
 * The rows that the options ask for. If the user names instances, other rows do not matter.
 * @throws UserError when none of them can be read, and for ids that the dataset does not have
 */
export function selectRows(
  { instances, invalid }: Pick<Dataset, 'instances' | 'invalid'>,
  { instances: asked, shard: part }: Pick<CompleteRunOptions, 'instances' | 'shard'>,
): SelectedRows {
  const readable = new Set(instances.map(({ instanceId }) => instanceId));
  const placeholders = new Map<string, Instance>();
  const problems = new Map<string, string>();
  for (const row of invalid) {
    const { instanceId: id } = row;
    if (id === null || readable.has(id) || problems.has(id)) continue;
    placeholders.set(id, placeholderOf(id, row));
    problems.set(id, row.problem);
  }
  const selected = selectInstances([...instances, ...placeholders.values()], asked ?? []);
  const ids = new Set(selected.map(({ instanceId }) => instanceId));
  const concerned = invalid.filter(({ instanceId }) =>
    instanceId === null ? asked === undefined : ids.has(instanceId),
  );
  const [first, ...more] = concerned;
  if (first && selected.every(({ instanceId }) => problems.has(instanceId)))
    throw rowError(first, more.length);
  const shard = part === undefined ? null : parseShard(part);
  return {
    selected,
    own: shard === null ? selected : inShard(selected, shard),
    shard,
    invalid: problems,
    unnamed: concerned.filter(({ instanceId }) => instanceId === null || readable.has(instanceId)).length,
    problems: concerned.map(({ problem }) => problem),
  };
}

function placeholderOf(instanceId: string, { repo, source }: InvalidRow): Instance {
  const nothing = { baseCommit: 'unknown', goldPatch: '', testPatch: '', problemStatement: '' };
  return { ...nothing, instanceId, repo, failToPass: [], passToPass: [], environment: {}, source };
}

/** A sentence for each prediction that cannot be read; only for named instances, if the user `named` some. */
export function problemsOf({ invalid, problems, unreadable }: LoadedPredictions, named: boolean): string[] {
  if (named) return invalid.map(({ problem }) => problem);
  const more = unreadable - problems.length;
  return [
    ...invalid.map(({ problem }) => problem),
    ...problems,
    ...(more > 0 ? [`${plural(more, 'more prediction')} cannot be read`] : []),
  ];
}

/** The predictions of this run that can be audited, and the pairs that cannot. */
export function readPairs(
  { predictions, invalid }: LoadedPredictions,
  rows: SelectedRows,
): { readonly predictions: Prediction[]; readonly unread: UnreadPair[] } {
  const own = new Map(rows.own.map((instance) => [instance.instanceId, instance]));
  const of = (prediction: Prediction, problem: string): UnreadPair[] => {
    const instance = own.get(prediction.instanceId);
    return instance ? [{ instance, prediction, problem }] : [];
  };
  return {
    predictions: predictions.filter(({ instanceId }) => own.has(instanceId) && !rows.invalid.has(instanceId)),
    unread: [
      ...predictions.flatMap((one) => {
        const problem = rows.invalid.get(one.instanceId);
        return problem === undefined ? [] : of(one, problem);
      }),
      ...invalid.flatMap(({ instanceId, model, source, problem }) =>
        of({ instanceId, model, source, patch: null }, problem),
      ),
    ],
  };
}

/** The first sentences, and how many more there are. */
export function shortened(sentences: readonly string[]): string[] {
  const more = sentences.length - MOST_TOLD;
  return more > 0 ? [...sentences.slice(0, MOST_TOLD), `${more} more cannot be read`] : [...sentences];
}
