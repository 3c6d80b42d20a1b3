import { isFields, type Fields, type RawRecord } from './read/raw-record.js';

/** A shape in which it is written which instances are resolved. */
export interface ResultsShape {
  /** As messages and the documentation name it. */
  readonly name: string;
  /** The ids that count as resolved; null for a value of another shape. */
  readonly resolved: (value: unknown) => string[] | null;
}

/** Keys that only the report of an evaluation has at its top. */
const REPORT_KEYS: ReadonlySet<string> = new Set([
  ...['resolved', 'resolved_ids', 'resolved_instances', 'total_instances', 'submitted_instances'],
  ...[
    'completed_instances',
    'completed_ids',
    'incomplete_ids',
    'no_generation',
    'with_logs',
    'schema_version',
  ],
]);
const ID_KEYS = ['instance_id', 'id', 'instance'] as const;

/** The table of shapes, in the order in which they are tried. */
export const RESULTS_SHAPES: readonly ResultsShape[] = [
  {
    name: 'report with resolved_ids',
    resolved: (value) => (isFields(value) ? idsIn(value['resolved_ids']) : null),
  },
  { name: 'report with resolved', resolved: (value) => (isFields(value) ? idsIn(value['resolved']) : null) },
  { name: 'list of ids', resolved: (value) => idsIn(value) },
  {
    name: 'list of rows',
    resolved: (value) =>
      Array.isArray(value) && value.length > 0 && value.every(isRow)
        ? value.filter((row) => resolvedOf(row) === true).map((row) => idOf(row) ?? '')
        : null,
  },
  {
    name: 'answers keyed by id',
    resolved: (value) => {
      if (!isFields(value)) return null;
      const entries = Object.entries(value);
      return entries.every(([, one]) => resolvedOf(one) !== undefined)
        ? entries.filter(([, one]) => resolvedOf(one) === true).map(([id]) => commonId(id))
        : null;
    },
  },
];

/** Whether a record of an object keyed by id is a part of a report, and not a prediction. */
export function isResultsRecord({ key, value }: RawRecord): boolean {
  if (key !== undefined && REPORT_KEYS.has(key)) return true;
  if (typeof value === 'boolean') return key !== undefined;
  return isFields(value) && 'resolved' in value && !hasPatch(value);
}

const hasPatch = (value: Fields): boolean =>
  Object.keys(value).some((key) => key.endsWith('patch') && typeof value[key] === 'string');

/** True, false or null (not evaluated) where a value says so; undefined where it says nothing. */
function resolvedOf(value: unknown): boolean | null | undefined {
  if (typeof value === 'boolean') return value;
  if (value === null) return null;
  if (!isFields(value)) return undefined;
  const said = [value, value['report'], value['test_result']]
    .flatMap((one) => (isFields(one) ? [one, one['report']] : []))
    .flatMap((one) => (isFields(one) ? [one['resolved']] : []))
    .find((one) => one !== undefined);
  return typeof said === 'boolean' || said === null ? said : undefined;
}

const isRow = (value: unknown): value is Fields =>
  isFields(value) && idOf(value) !== undefined && resolvedOf(value) !== undefined;

function idOf(row: Fields): string | undefined {
  const id = ID_KEYS.map((key) => row[key]).find((value) => typeof value === 'string');
  return typeof id === 'string' ? commonId(id) : undefined;
}

function idsIn(value: unknown): string[] | null {
  return Array.isArray(value) && value.every((id) => typeof id === 'string') ? value.map(commonId) : null;
}

/** Multi-SWE-bench reports `org/repo:pr-12` for `org__repo-12`. */
const commonId = (id: string): string => id.replace(/^([^/:]+)\/([^/:]+):pr-(\d+)$/, '$1__$2-$3');
