import { stringify } from 'csv-stringify/sync';
import { printable } from './terminal.js';

/** Rows as comma-separated values under a line of names; what a spreadsheet would compute is text there. */
export const csvTable = (rows: readonly Readonly<Record<string, unknown>>[]): string =>
  stringify([...rows], {
    header: true,
    cast: { boolean: String, string: (text) => formulaAsText(printable(text)) },
  });

/** A leading quote makes spreadsheets take a cell for text. */
const formulaAsText = (text: string): string =>
  /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
