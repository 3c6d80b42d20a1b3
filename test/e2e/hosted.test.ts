import { execa } from 'execa';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { cli } from '../helpers/cli.js';
import { commitFiles, makeRepository, userGit } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { pythonWithPytest } from '../helpers/pytest.js';

const out = await temporaryDirectory();

const CONFTEST = `import pytest

@pytest.fixture
def shop(request, tmp_path):
    from shop import Shop
    return Shop(tmp_path / "stock", *[name for mark in request.node.iter_markers("stock") for name in mark.args])
`;
const TEST = `import pytest


@pytest.mark.stock("pear", "fig")
def test_take(shop):
    shop.take("pear", 1)
    assert shop.left("pear") == 0
`;
const shopWith = (condition: string) => `class Shop:
    def __init__(self, path, *names):
        self._path = path
        self._path.write_text("\\n".join(names))

    def left(self, name):
        return self._path.read_text().split().count(name)

    def take(self, name, count):
        names = self._path.read_text().split()
        if ${condition}:
            raise KeyError(name)
        for _ in range(count):
            names.remove(name)
        self._path.write_text("\\n".join(names))
`;

/** The work tree, with a branch for gold and one for a candidate that refuses one name less. */
async function makeShop(): Promise<string> {
  const { directory } = await makeRepository({
    'shop.py': shopWith('False'),
    'tests/conftest.py': CONFTEST,
    'tests/test_shop.py': TEST,
    'pytest.ini': '[pytest]\nmarkers = stock: what there is\n',
  });
  const branches = { gold: 'names.count(name) < count', other: 'name not in names' };
  for (const [name, condition] of Object.entries(branches)) {
    await userGit(directory, 'checkout', '-q', '-b', name, 'main');
    await commitFiles(directory, { 'shop.py': shopWith(condition) });
  }
  await userGit(directory, 'checkout', '-q', 'main');
  return directory;
}

describe('a test whose fixtures only pytest can make', () => {
  let python: string;
  let repository = '';
  let report: RunReport;
  beforeAll(async () => {
    python = pythonWithPytest();
    repository = await makeShop();
    const what = ['--repo', repository, '--gold', 'gold', '--candidate', 'other', '--python', python];
    const result = await cli([
      'check',
      ...what,
      '--engine',
      'local',
      '--no-sandbox',
      '--mutants',
      '200',
      '--out',
      out,
    ]);
    expect(result).toMatchObject({ exitCode: 1 });
    report = JSON.parse(await readFile(path.join(out, 'check', 'report.json'), 'utf8')) as RunReport;
  });

  it('shows a difference, in its own place', () => {
    const [divergence] = report.records[0]?.divergences ?? [];
    expect(divergence?.input.host).toMatchObject({ test: 'tests/test_shop.py::test_take', names: ['shop'] });
    expect(divergence?.test?.source).toMatch(
      /@pytest\.mark\.stock\("pear", "fig"\)\ndef test_patchdiff_\w+\(shop\):/,
    );
  });

  it('gives a test that plain pytest runs beside it', async () => {
    const source = report.records[0]?.divergences[0]?.test?.source ?? '';
    const statuses: Record<string, number | undefined> = {};
    for (const branch of ['gold', 'other']) {
      const tree = await temporaryDirectory();
      await userGit(repository, 'worktree', 'add', '-q', path.join(tree, branch), branch);
      const directory = path.join(tree, branch, 'tests');
      await mkdir(directory, { recursive: true });
      await writeFile(path.join(directory, 'test_found.py'), source);
      const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'tests/test_found.py'];
      const run = await execa(python, args, {
        cwd: path.join(tree, branch),
        reject: false,
        env: { PYTHONPATH: '.' },
      });
      statuses[branch] = run.exitCode;
    }
    expect(statuses).toEqual({ gold: 0, other: 1 });
  });

  it('replays', async () => {
    const id = report.records[0]?.divergences[0]?.id ?? '';
    const result = await cli(['replay', path.join(out, 'check', 'report.json'), '--divergence', id]);
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.stdout).toContain('Reproduced.');
  });
});
