import { UserError } from '../model/errors.js';
import type { Prediction, SourceLocation } from '../model/instance.js';
import { legible, textOfBytes } from '../platform/byte-text.js';
import { DamagedData, readAll, withoutUtf16 } from './read/bytes.js';
import { isFields, type Fields, type RawRecord } from './read/raw-record.js';
import { readRecords } from './read/records.js';
import {
  isDatasetRow,
  isPredictionKey,
  PREDICTION_COLUMNS,
  PREDICTION_SHAPES,
  shapedSchema,
  shapeNames,
  stemOf,
  type RecordContext,
} from './prediction-shapes.js';
import { isResultsRecord } from './results-shapes.js';

/** One record of a predictions file: a prediction, or what is wrong with it. */
export type PredictionRecord = ReadPrediction | UnreadablePrediction;

export interface ReadPrediction {
  readonly kind: 'prediction';
  readonly prediction: Prediction;
  /** Whether the record itself names its model. */
  readonly named: boolean;
  /** Name of the shape. */
  readonly shape: string;
}

export interface UnreadablePrediction {
  readonly kind: 'unreadable';
  /** As far as it can be told. */
  readonly instanceId: string | null;
  readonly model: string | null;
  readonly source: SourceLocation;
  /** A sentence with the place and the field. */
  readonly problem: string;
  /** What kind of mistake it is, such as `predictions-malformed`. */
  readonly code: string;
  readonly hint: string;
}

const REPAIR = 'Repair the file, or leave the record out.';
/** Names of what is read, for messages. */
const READ = () => `Read are: ${shapeNames()}, and patches keyed by id.`;

/**
 * Reads one predictions file, record by record. A missing model name is the file's name without its suffixes.
 * @throws UserError for a file that cannot be opened
 */
export async function* readPredictions(file: string): AsyncGenerator<PredictionRecord> {
  const layout = { kind: 'predictions', isRecordKey: isPredictionKey, columns: PREDICTION_COLUMNS } as const;
  for await (const raw of readRecords(file, layout)) yield predictionOf(raw, file);
}

/** The prediction that is in a file of its own, as a patch that is named for its instance. */
export async function readPatchFile(
  file: string,
  instanceId: string,
  model: string,
  shape: string,
): Promise<PredictionRecord> {
  const source = { file };
  try {
    const patch = textOfBytes(withoutUtf16(await readAll(file, 'predictions')));
    return { kind: 'prediction', prediction: { instanceId, model, patch, source }, named: true, shape };
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    const problem = `${file}: the file is damaged or cut off (${error.message})`;
    const code = 'predictions-malformed';
    return { kind: 'unreadable', instanceId, model, source, problem, code, hint: REPAIR };
  }
}

/** Reads one record. Exported for tests. */
export function predictionOf(raw: RawRecord, file: string): PredictionRecord {
  const { key, place, source, outer } = raw;
  const context: RecordContext = { file, key, outer };
  if (raw.broken !== undefined) {
    const text = typeof raw.value === 'string' ? raw.value : '';
    const problem = `${place}: ${raw.broken}`;
    const found = { instanceId: fieldIn(text, 'instance_id'), model: fieldIn(text, 'model_name_or_path') };
    return { kind: 'unreadable', ...found, source, problem, code: 'predictions-malformed', hint: REPAIR };
  }
  const record = withKey(raw);
  if (record === null)
    return unreadable(raw, {}, `must be an object with a prediction, but is ${typeOf(raw.value)}`);
  const shape =
    PREDICTION_SHAPES.find(({ isOfShape }) => isOfShape(record, context)) ??
    ('instance_id' in record ? PREDICTION_SHAPES[0] : undefined);
  if (isDatasetRow(record)) return unreadable(raw, record, 'is a row of a dataset and no prediction');
  if (!shape || (key !== undefined && isResultsRecord(raw))) {
    const found = isFields(raw.value) ? `the fields ${namesOf(raw.value)}` : typeOf(raw.value);
    return unreadable(raw, record, `is of no shape that is read; found: ${found}`);
  }
  const isPatchAlone = key !== undefined && !isFields(raw.value);
  const shaped = shapedSchema.safeParse(shape.fields(record, context));
  if (!shaped.success) {
    const problems = shaped.error.issues.map((issue) => {
      const name = shape.names[issue.path[0] as keyof typeof shape.names];
      return `field ${name}: ${issue.message}`;
    });
    const missing = problems.some((one) => one.endsWith('is missing'));
    return unreadable(raw, record, problems.join('; ') + (missing ? ` (found: ${namesOf(record)})` : ''));
  }
  const { instance_id: instanceId, model, patch } = shaped.data;
  if (key !== undefined && key !== instanceId && isFields(raw.value) && 'instance_id' in raw.value)
    return unreadable(raw, record, `field instance_id says ${instanceId}`);
  const prediction = { instanceId, model: legible(model || stemOf(file)), patch, source };
  const named = Boolean(model);
  return { kind: 'prediction', prediction, named, shape: isPatchAlone ? 'patches keyed by id' : shape.name };
}

/** In an object keyed by id, a value may be the patch alone and need not repeat the id. Null for what is no record. */
function withKey({ key, value }: RawRecord): Fields | null {
  if (key !== undefined && (typeof value === 'string' || value === null))
    return { instance_id: key, model_patch: value };
  if (!isFields(value)) return null;
  return key === undefined ? value : { instance_id: key, ...value };
}

function unreadable({ place, source }: RawRecord, record: Fields, what: string): UnreadablePrediction {
  const [id, model] = [record['instance_id'], record['model_name_or_path']];
  return {
    kind: 'unreadable',
    instanceId: typeof id === 'string' && id !== '' ? id : null,
    model: typeof model === 'string' && model !== '' ? model : null,
    source,
    problem: `${place}: ${what}`,
    code: 'predictions-invalid',
    hint: READ(),
  };
}

/** The error for a file of which nothing can be read. */
export const errorOf = ({ problem, code, hint }: UnreadablePrediction, more: number): UserError =>
  new UserError(code, more > 0 ? `${problem} (and ${more} more that cannot be read)` : problem, hint);

/** The value of a field in the text of a record that is no JSON. */
function fieldIn(text: string, name: string): string | null {
  return new RegExp(`"${name}"\\s*:\\s*"([^"\\\\]+)"`).exec(text)?.[1] ?? null;
}

function namesOf(record: Fields): string {
  const names = Object.keys(record);
  return names.slice(0, 12).join(', ') + (names.length > 12 ? ', ...' : '') || 'none';
}

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
