import type { Capacity } from '../../observe/engine/engine.js';

/** What the sides of one instance take when their tests and inputs run at the same time. */
const BYTES_PER_INSTANCE = 4e9;
/** More instances at a time would only fill the disk sooner. */
const MOST = 16;

/** How many instances to work on at a time: one for each processor, as far as the memory goes, and at least one. */
export function poolSize({ processors, memoryBytes }: Capacity): number {
  return Math.max(1, Math.min(MOST, processors, Math.floor(memoryBytes / BYTES_PER_INSTANCE)));
}
