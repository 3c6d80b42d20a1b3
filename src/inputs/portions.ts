import { setImmediate as otherWork } from 'node:timers/promises';

/** Items made in one go: few, as nothing else is done meanwhile, such as reading what the sides answer. */
const AT_A_TIME = 10;

/** Takes up to `size` items from a line whose items are costly to make, and lets other work be done in between. */
export async function portion<T>(line: Iterator<T>, size: number): Promise<T[]> {
  const items: T[] = [];
  while (items.length < size) {
    if (items.length % AT_A_TIME === 0) await otherWork();
    const next = line.next();
    if (next.done) break;
    items.push(next.value);
  }
  return items;
}
