import { isFields, WRAPPERS, type RawRecord, type RecordLayout } from './raw-record.js';

/**
 * The records that a value is or holds: the members of a list, of an object keyed by id, or of either in an object
 * around it; any other object is one record.
 */
export function* expanded(record: RawRecord, layout: RecordLayout): Generator<RawRecord> {
  const { value, source, broken } = record;
  const { file } = source;
  if (broken === undefined && Array.isArray(value)) {
    for (const [index, item] of value.entries())
      yield { value: item as unknown, source: { file }, place: `${file}, item ${index + 1}` };
    return;
  }
  const isRecord = !isFields(value) || Object.keys(value).some(layout.isRecordKey);
  if (broken !== undefined || isRecord || Object.keys(value).length === 0) {
    yield record;
    return;
  }
  const inner = WRAPPERS.find((key) => typeof value[key] === 'object' && value[key] !== null);
  if (inner !== undefined) {
    const { [inner]: members, ...outer } = value;
    for (const one of expanded({ value: members, source, place: record.place }, layout))
      yield { ...one, outer };
    return;
  }
  for (const [key, one] of Object.entries(value))
    yield { value: one, source: { file }, place: `${file}, key ${JSON.stringify(key)}`, key };
}
