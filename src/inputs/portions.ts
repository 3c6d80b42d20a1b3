import { setImmediate as nextTurn } from 'node:timers/promises';

/** Items made without a break: few, since the event loop waits meanwhile, and answers of the sides are not read. */
const AT_A_TIME = 10;

/** Takes up to `size` items from an iterator whose items are expensive to make, giving way to the event loop in between. */
export async function portion<T>(iterator: Iterator<T>, size: number): Promise<T[]> {
  const items: T[] = [];
  while (items.length < size) {
    if (items.length % AT_A_TIME === 0) await nextTurn();
    const next = iterator.next();
    if (next.done) break;
    items.push(next.value);
  }
  return items;
}
