import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';

/** User ids that no system hands out to users, services or containers (systemd's list of ranges calls them unused). */
const FIRST = 1_900_000_000;
const LAST = 2_147_000_000;

/**
 * Gives each tree a user of its own that nothing else on the machine belongs to, so that limits which the kernel keeps by user
 * are those of one side, and no side may touch another's files or processes.
 */
export class SandboxUsers {
  readonly #users = new Map<string, Promise<number>>();

  /** The user of a tree, which from now on belongs to it. */
  owning(tree: string): Promise<number> {
    const known = this.#users.get(tree) ?? own(tree);
    this.#users.set(tree, known);
    return known;
  }
}

async function own(tree: string): Promise<number> {
  const user = await unusedUser();
  await execa('chown', ['-hR', `${user}:${user}`, '--', tree], { stdin: 'ignore' });
  return user;
}

/** A user id that means something here: in a container that maps few of them, one of its last. */
export async function unusedUser(): Promise<number> {
  const map = await readFile('/proc/self/uid_map', 'utf8').catch(() => '');
  const ranges = map
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([first = 0, , count = 0]) => ({ first, last: first + count - 1 }));
  if (ranges.some(({ first, last }) => first <= FIRST && last >= LAST)) return randomInt(FIRST, LAST);
  const widest = ranges.reduce((best, range) =>
    range.last - range.first > best.last - best.first ? range : best,
  );
  return randomInt(Math.max(widest.first + 1, widest.last - 4000), widest.last + 1);
}
