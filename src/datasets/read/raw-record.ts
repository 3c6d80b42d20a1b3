import type { SourceLocation } from '../../model/instance.js';
import type { FileKind } from './bytes.js';

/** An object of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** A value read from a file, with where it stood. */
export interface RawRecord {
  readonly value: unknown;
  readonly source: SourceLocation;
  /** For messages: `FILE:LINE`, `FILE, item 3`, `FILE, key "x"`. */
  readonly place: string;
  /** Its key, in an object keyed by id. */
  readonly key?: string;
  /** What stands beside the list or object that it is a member of, such as the name of a model. */
  readonly outer?: Fields;
  /** Why it cannot be read; `value` is then the text that was found. */
  readonly broken?: string;
  /** The code of that mistake; default: `KIND-malformed`. `broken` then names the place itself. */
  readonly code?: string;
}

/** How the records of a file are told apart. */
export interface RecordLayout {
  readonly kind: FileKind;
  /** A key by which an object is a record, not a collection of records keyed by id. */
  readonly isRecordKey: (key: string) => boolean;
  /** Columns that are read of a Parquet file, where it has them; default: all. */
  readonly columns?: ReadonlySet<string>;
}

/** Keys of objects that hold the records as a list or an object; where there are several, the first of these counts. */
export const WRAPPERS = [
  ...['predictions', 'preds', 'samples', 'patches', 'submissions', 'instances', 'rows', 'records'],
  ...['examples', 'items', 'data', 'outputs', 'results'],
] as const;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
