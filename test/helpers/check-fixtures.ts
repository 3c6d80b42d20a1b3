import path from 'node:path';
import { commitFiles, makeRepository, userGit, writeFiles } from './git-fixtures.js';
import { temporaryDirectory } from './temporary-directory.js';

const module = (body: string) => `def clamp(value, low, high):
    """Limit a value.

    >>> clamp(5, 0, 3)
    3
    """
${body}`;

const TESTS = `from clamps import clamp


def test_inside():
    assert clamp(2, 0, 3) == 2


def test_above():
    assert clamp(9, 0, 3) == 3


def test_below():
    assert clamp(-4, 0, 3) == 0
`;

/** A user's repository of one function, with patches to it as files and as branches. */
export interface CheckFixture {
  /** The repository, whose work tree holds an uncommitted change. */
  readonly repository: string;
  /** Where the patch files are. */
  readonly gold: string;
  readonly rewritten: string;
  readonly wrong: string;
  /** A patch to a file that does not exist. */
  readonly stray: string;
}

/** Branches `gold`, `rewritten` (another way to the same answers) and `wrong` (forgets the lower limit). */
export async function makeCheckFixture(): Promise<CheckFixture> {
  const base = { 'clamps.py': module('    return value\n'), 'tests/test_clamps.py': TESTS };
  const { directory } = await makeRepository(base);
  const patches = await temporaryDirectory();
  const branch = async (name: string, body: string) => {
    await userGit(directory, 'checkout', '-q', '-b', name, 'main');
    await commitFiles(directory, { 'clamps.py': module(body) });
    const file = path.join(patches, `${name}.patch`);
    await writeFiles(patches, { [`${name}.patch`]: `${await userGit(directory, 'diff', 'main', name)}\n` });
    return file;
  };
  const gold = await branch('gold', '    return max(low, min(value, high))\n');
  const rewritten = await branch(
    'rewritten',
    '    limited = min(value, high)\n    return max(low, limited)\n',
  );
  const wrong = await branch('wrong', '    return min(value, high)\n');
  await userGit(directory, 'checkout', '-q', 'main');
  await writeFiles(directory, { 'notes.txt': 'not committed\n' });
  const stray = path.join(patches, 'stray.patch');
  await writeFiles(patches, {
    'stray.patch':
      'diff --git a/nowhere.py b/nowhere.py\n--- a/nowhere.py\n+++ b/nowhere.py\n@@ -1 +1 @@\n-a = 1\n+a = 2\n',
  });
  return { repository: directory, gold, rewritten, wrong, stray };
}
