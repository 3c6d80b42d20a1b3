/** A cell: numbers are rounded and put to the right; null is nothing measured. */
export type Cell = string | number | null;

/** A Markdown table that can be read as plain text too. The first row is the head. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [head, ...rows.map((row) => row.map(cellText))];
  const widths = head.map((_, column) => Math.max(3, ...texts.map((row) => (row[column] ?? '').length)));
  const numeric = head.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const padded = texts.map((row) =>
    line(
      widths.map((width, column) => {
        const text = row[column] ?? '';
        return numeric[column] === true ? text.padStart(width) : text.padEnd(width);
      }),
    ),
  );
  const rule = line(
    widths.map((width, column) =>
      numeric[column] === true ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
    ),
  );
  return [padded[0], rule, ...padded.slice(1)].join('\n');
}

function cellText(cell: Cell): string {
  if (cell === null) return '-';
  if (typeof cell === 'string') return cell;
  if (Number.isInteger(cell)) return String(cell);
  return cell.toFixed(Math.abs(cell) >= 100 ? 0 : Math.abs(cell) >= 10 ? 1 : 2);
}
