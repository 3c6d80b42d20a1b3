import path from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { checkPair } from '../../../src/index.js';
import { commitFiles, makeRepository, userGit, writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

/** Set-up that the module of the tests does not show: only a runner does it. */
const HELPERS = `import unittest


class ShopTestCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.opened = True

    def setUp(self):
        self.stock = {'pear': 2, 'fig': 0}
        self.addCleanup(self.stock.clear)
`;
const TESTS = `from helpers import ShopTestCase
from shop import take


class TakeTests(ShopTestCase):
    def test_take(self):
        self.assertTrue(take(self.stock, 'pear'))
`;
const shop = (body: string) => `def take(stock, name):\n${body}`;

it('runs inputs where the runner of a class has set its test up, and writes tests that run there', async () => {
  const { directory } = await makeRepository({
    'shop.py': shop('    return True\n'),
    'helpers.py': HELPERS,
    'test_shop.py': TESTS,
  });
  for (const [branch, body] of [
    ['gold', '    stock[name] -= 1\n    return stock[name] >= 0\n'],
    ['other', '    stock[name] -= 2\n    return stock[name] >= 0\n'],
  ] as const) {
    await userGit(directory, 'checkout', '-q', '-b', branch, 'main');
    await commitFiles(directory, { 'shop.py': shop(body) });
  }
  await userGit(directory, 'checkout', '-q', 'main');
  const { record } = await checkPair({
    ...{ repo: directory, gold: 'gold', candidate: 'other', engine: 'local', mutants: 100 },
    out: await temporaryDirectory(),
  });
  const found = record.divergences.find(({ input }) => input.host);
  expect(found).toMatchObject({
    input: { host: { runner: 'unittest', module: 'test_shop' } },
    test: { verified: true },
  });
  expect(found?.test?.source).toContain('class TestPatchdiff(test_shop.TakeTests):');

  const statuses: Record<string, unknown> = {};
  for (const branch of ['gold', 'other']) {
    const tree = path.join(await temporaryDirectory(), branch);
    await userGit(directory, 'worktree', 'add', '-q', tree, branch);
    await writeFiles(tree, { 'test_found.py': found?.test?.source ?? '' });
    const run = await execa('python3', ['-m', 'unittest', 'test_found'], { cwd: tree, reject: false });
    statuses[branch] = [run.exitCode, /^Ran (\d+) test/m.exec(run.stderr)?.[1]];
  }
  expect(statuses).toEqual({ gold: [0, '1'], other: [1, '1'] });
});
