import type { Program } from '../../model/input.js';

/** A request stays far below the longest line, and a deadline or crash concerns few programs. */
const BATCH_BYTES = 1024 * 1024;

/** Cuts programs into runs of consecutive ones, each small enough for a request; a huge program is alone. */
export function inBatches(programs: readonly Program[], maximum = BATCH_BYTES): Program[][] {
  const batches: Program[][] = [];
  let size = Infinity;
  for (const program of programs) {
    const bytes = JSON.stringify(program).length;
    if (size + bytes > maximum) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(program);
    size += bytes;
  }
  return batches;
}
