import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { UserError } from '../../model/errors.js';
import { textOfBytes } from '../../platform/byte-text.js';
import type { RawRecord, RecordLayout } from './raw-record.js';

/** So much of a row group is read at a time, as the file gives its size; at least a row. */
const BATCH = 64 * 1024 * 1024;

/**
 * The rows of a Parquet file, of which no more than a part is kept in memory. Text that is not UTF-8 keeps its bytes.
 * @throws UserError `KIND-malformed`, `KIND-unreadable`
 */
export async function* readParquetRecords(file: string, layout: RecordLayout): AsyncGenerator<RawRecord> {
  const open = await asyncBufferFromFile(file).catch((error: unknown) => {
    throw new UserError(`${layout.kind}-unreadable`, `${file} cannot be read: ${String(error)}`);
  });
  try {
    const metadata = await parquetMetadataAsync(open);
    const all = parquetSchema(metadata).children.map(({ element }) => element.name);
    const columns = layout.columns === undefined ? all : all.filter((name) => layout.columns?.has(name));
    const parsers = { stringFromBytes: (bytes: Uint8Array | undefined) => bytes && textOfBytes(bytes) };
    const read = { file: open, metadata, compressors, columns, parsers };
    let index = 0;
    for (const group of metadata.row_groups) {
      const rowsInGroup = Number(group.num_rows);
      const end = index + rowsInGroup;
      const sizes = group.columns.map(({ meta_data: column }) =>
        column && columns.includes(column.path_in_schema[0] ?? '')
          ? Number(column.total_uncompressed_size)
          : 0,
      );
      const size = sizes.reduce((sum, one) => sum + one, 0);
      const atOnce = Math.max(1, Math.ceil(rowsInGroup / Math.max(1, Math.ceil(size / BATCH))));
      while (index < end) {
        const rowEnd = Math.min(end, index + atOnce);
        const rows: Record<string, unknown>[] = await parquetReadObjects({
          ...read,
          rowStart: index,
          rowEnd,
        });
        for (const row of rows) {
          index += 1;
          yield { value: plain(row), source: { file }, place: `${file}, row ${index}` };
        }
        if (index < rowEnd) throw new Error(`row ${index + 1} is missing`);
      }
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const what = `${file}: not a Parquet file that can be read: ${why}`;
    throw new UserError(`${layout.kind}-malformed`, what, undefined, { cause: error });
  }
}

/** Values as JSON has them: integers of 64 bits as numbers, bytes as text. */
function plain(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? Number(value) : value instanceof Uint8Array ? textOfBytes(value) : value,
    ]),
  );
}
