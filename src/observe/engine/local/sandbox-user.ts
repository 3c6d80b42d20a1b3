import { randomInt } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../../model/errors.js';

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

/**
 * Another user than root cannot run an interpreter of which the files are root's alone.
 * @param directories folders of the interpreter; what they hold counts, as their own mode is no hindrance
 * @throws UserError `python-private`
 */
export async function requireReadable(directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    for (const name of await readdir(directory).catch(() => [])) {
      const entry = path.join(directory, name);
      const mode = (await stat(entry).catch(() => undefined))?.mode ?? 0o777;
      if ((mode & 0o004) === 0 && ['bin', 'lib', 'lib64'].includes(name)) throw isPrivate(entry);
    }
  }
}

const isPrivate = (entry: string): UserError =>
  new UserError(
    'python-private',
    `${entry} can be read by root only, and code under test runs as another user`,
    `Let others read the interpreter: chmod -R o+rX ${path.dirname(entry)}`,
  );
