import { parquetWriteBuffer } from 'hyparquet-writer';

/** A Parquet file of rows; values are texts or lists of texts. */
export function parquetOf(rows: readonly Readonly<Record<string, unknown>>[]): Uint8Array {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columnData = names.map((name) => ({ name, data: rows.map((row) => row[name] ?? null) }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
