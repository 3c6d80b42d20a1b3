import path from 'node:path';
import { z } from 'zod';
import { isFields, type Fields } from './read/raw-record.js';

/** What a record of predictions says. */
export interface ShapedPrediction {
  readonly instanceId: string;
  /** Undefined where the record names none. */
  readonly model: string | undefined;
  /** Null where the agent gave none. */
  readonly patch: string | null;
}

/** Where a record stood, as far as a shape may need it. */
export interface RecordContext {
  readonly file: string;
  /** Its key, in an object keyed by id. */
  readonly key?: string | undefined;
  /** What stands beside the list that it is in. */
  readonly outer?: Fields | undefined;
}

/** A shape in which predictions are written. To read another one, add it to the table below, with a fixture. */
export interface PredictionShape {
  /** As a run and the documentation name it. */
  readonly name: string;
  readonly isOfShape: (record: Fields, context: RecordContext) => boolean;
  /** The record under the names `instance_id`, `model` and `patch`, the first two undefined where it has none. */
  readonly fields: (record: Fields, context: RecordContext) => Fields;
  /** How the record names what `fields` gives, for messages. */
  readonly names: { readonly instance_id: string; readonly model: string; readonly patch: string };
}

const SUFFIXES = /\.(traj\.json|traj|pred|patch|diff|jsonl?|ndjson|parquet)(\.gz|\.zst)?$/i;

/** The name of a file without what says how it is written. */
export const stemOf = (file: string): string => path.basename(file).replace(SUFFIXES, '');

const ID_KEYS = ['instance_id', 'id', 'instance', 'task_id', 'problem_id', 'issue_id'] as const;
const MODEL_KEYS = ['model_name_or_path', 'model_name', 'model', 'agent', 'agent_name', 'prefix'] as const;
const PATCH_KEYS = [
  ...['patch', 'prediction', 'generated_patch', 'predicted_patch', 'final_patch', 'output_patch'],
  ...['model_output_patch', 'git_diff', 'diff', 'submission', 'completion', 'test_patch_prediction'],
] as const;
const HISTORIES = ['trajectory', 'messages', 'history'] as const;

/** The value at a path of keys; undefined where there is none. */
function at(record: Fields, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (isFields(value) ? value[key] : undefined), record);
}

const firstOf = (record: Fields, keys: readonly string[]): string | undefined =>
  keys.find((key) => record[key] !== undefined && record[key] !== null) ??
  keys.find((key) => record[key] !== undefined);

/** The first value that says something; null where one says that there is nothing. */
const given = (values: readonly unknown[]): unknown =>
  values.find((value) => value !== undefined && value !== null) ?? values.find((value) => value === null);

const modelOf = (record: Fields, { outer = {} }: RecordContext): unknown =>
  [record, outer]
    .flatMap((one) => MODEL_KEYS.map((key) => one[key]))
    .find((value) => typeof value === 'string');

/** The table of shapes, in the order in which they are tried. */
export const PREDICTION_SHAPES: readonly PredictionShape[] = [
  {
    name: 'SWE-bench predictions',
    isOfShape: (record) => 'model_patch' in record,
    fields: (record, context) => ({
      instance_id: record['instance_id'],
      model: record['model_name_or_path'] ?? modelOf(record, context),
      patch: record['model_patch'],
    }),
    names: { instance_id: 'instance_id', model: 'model_name_or_path', patch: 'model_patch' },
  },
  {
    name: 'OpenHands output',
    isOfShape: (record) => 'test_result' in record || 'git_patch' in record,
    fields: (record, context) => {
      const patch = given([record['git_patch'], at(record, 'test_result', 'git_patch')]);
      const failed = record['test_result'] === null || typeof record['error'] === 'string';
      return {
        instance_id: record['instance_id'],
        model: at(record, 'metadata', 'llm_config', 'model') ?? modelOf(record, context),
        patch: patch === undefined && failed ? null : patch,
      };
    },
    names: { instance_id: 'instance_id', model: 'metadata.llm_config.model', patch: 'test_result.git_patch' },
  },
  {
    name: 'Multi-SWE-bench predictions',
    isOfShape: (record) => 'fix_patch' in record,
    fields: (record, context) => ({
      instance_id: record['instance_id'] ?? multiSweBenchId(record),
      model: modelOf(record, context),
      patch: record['fix_patch'],
    }),
    names: { instance_id: 'org, repo or number', model: 'model_name_or_path', patch: 'fix_patch' },
  },
  {
    name: 'SWE-agent trajectories',
    isOfShape: (record) => isFields(record['info']) && HISTORIES.some((key) => key in record),
    fields: (record, context) => {
      const submission = at(record, 'info', 'submission');
      const ended = at(record, 'info', 'exit_status') !== undefined;
      return {
        instance_id: record['instance_id'] ?? at(record, 'info', 'instance_id') ?? stemOf(context.file),
        model: at(record, 'info', 'config', 'model', 'model_name') ?? modelOf(record, context),
        patch: submission === undefined && ended ? null : submission,
      };
    },
    names: { instance_id: 'instance_id', model: 'info.config.model.model_name', patch: 'info.submission' },
  },
  {
    name: 'SWE-bench Pro patches',
    isOfShape: (record) => 'patch' in record && 'prefix' in record,
    fields: (record) => ({
      instance_id: record['instance_id'],
      model: record['prefix'],
      patch: record['patch'],
    }),
    names: { instance_id: 'instance_id', model: 'prefix', patch: 'patch' },
  },
  {
    name: 'inspect_ai log',
    isOfShape: (record) => 'id' in record && ('scores' in record || 'epoch' in record),
    fields: (record, { outer = {} }) => {
      const scores = isFields(record['scores']) ? Object.values(record['scores']) : [];
      const patches = scores.map((score) =>
        isFields(score) ? at(score, 'metadata', 'model_patch') : undefined,
      );
      const patch = given([...patches, at(record, 'metadata', 'model_patch')]);
      const failed = record['error'] !== undefined && record['error'] !== null;
      return {
        instance_id: typeof record['id'] === 'number' ? String(record['id']) : record['id'],
        model: at(outer, 'eval', 'model') ?? undefined,
        patch: patch === undefined && failed ? null : patch,
      };
    },
    names: { instance_id: 'id', model: 'eval.model', patch: 'scores.*.metadata.model_patch' },
  },
  {
    name: 'records of an agent',
    isOfShape: (record, { key }) =>
      PATCH_KEYS.some((name) => name in record) &&
      (key !== undefined || ID_KEYS.some((name) => name in record)),
    fields: (record, context) => ({
      instance_id: record[firstOf(record, ID_KEYS) ?? 'instance_id'],
      model: modelOf(record, context),
      patch: record[firstOf(record, PATCH_KEYS) ?? 'patch'],
    }),
    names: { instance_id: 'instance_id', model: 'model', patch: 'patch' },
  },
];

/** Keys by which an object is one record, and not a collection of records keyed by id. */
const RECORD_KEYS: ReadonlySet<string> = new Set([
  ...['instance_id', 'model_patch', 'git_patch', 'test_result', 'fix_patch', 'info', 'base_commit'],
  ...['generated_patch', 'predicted_patch', 'final_patch', 'output_patch', 'model_name_or_path'],
  ...['problem_statement', 'trajectory', 'task_id', 'org', 'number', 'scores', 'epoch', 'prefix'],
  ...PATCH_KEYS,
]);
export const isPredictionKey = (key: string): boolean => RECORD_KEYS.has(key);

/** Columns of Parquet files that a shape may use. */
export const PREDICTION_COLUMNS: ReadonlySet<string> = new Set([
  ...[...RECORD_KEYS].filter((key) => key !== 'trajectory' && key !== 'problem_statement'),
  ...[
    ...ID_KEYS,
    ...MODEL_KEYS,
    ...PATCH_KEYS,
    'org',
    'repo',
    'number',
    'error',
    'scores',
    'epoch',
    'metadata',
  ],
]);

/** Columns that only a dataset has. */
const ROW_KEYS = ['base_commit', 'test_patch', 'FAIL_TO_PASS', 'fail_to_pass', 'f2p_tests', 'F2P'] as const;

/** Keys of patches that no row of a dataset has. */
const AGENT_KEYS = ['model_patch', 'git_patch', 'test_result', 'info', ...PATCH_KEYS.slice(1)];

/** Whether a record is a row of a dataset, whose patch is its own, and not a prediction. */
export const isDatasetRow = (record: Fields): boolean =>
  ROW_KEYS.some((key) => key in record) && !AGENT_KEYS.some((key) => key in record);

const filledText = (message: string) =>
  z.string({ error: ({ input }) => (input === undefined || input === null ? 'is missing' : message) });

/** What `fields` of a shape must give. */
export const shapedSchema = z.object({
  instance_id: filledText('must be text').min(1, 'must not be empty'),
  model: z.string({ error: 'must be text' }).nullish(),
  patch: z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text or null') })
    .nullable(),
});

/** The names of all shapes, for messages. */
export const shapeNames = (): string => PREDICTION_SHAPES.map(({ name }) => name).join(', ');

function multiSweBenchId({ org, repo, number }: Fields): string | undefined {
  const isNumber = typeof number === 'number' || (typeof number === 'string' && /^\d+$/.test(number));
  if (typeof org !== 'string' || typeof repo !== 'string' || !isNumber) return undefined;
  return `${org}__${repo}-${number}`;
}
