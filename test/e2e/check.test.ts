import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PairRecord } from '../../src/model/verdict.js';
import { makeCheckFixture, type CheckFixture } from '../helpers/check-fixtures.js';
import { cli, onlyError, type CliResult } from '../helpers/cli.js';
import { commitFiles, makeRepository, userGit } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { readReport } from '../helpers/mini.js';

let fixture: CheckFixture;
const out = await temporaryDirectory();

beforeAll(async () => {
  fixture = await makeCheckFixture();
});

/** Compares a candidate with gold in the fixture's repository, or with what is named instead. */
const check = (
  candidate: string,
  named: Partial<CheckFixture> = {},
  ...more: string[]
): Promise<CliResult> => {
  const { repository, gold } = { ...fixture, ...named };
  const what = ['--repo', repository, '--gold', gold, '--candidate', candidate];
  return cli(['check', ...what, '--engine', 'local', '--mutants', '300', '--out', out, ...more]);
};

describe('check', () => {
  it('finds another way to the same answers consistent', async () => {
    const result = await check(fixture.rewritten);
    expect(result).toMatchObject({ exitCode: 0 });
    expect(result.stdout).toMatch(/^consistent: /);
  });

  it('tells where a candidate diverges, with a test', async () => {
    const result = await check(fixture.wrong, {}, '--format', 'json');
    expect(result).toMatchObject({ exitCode: 1 });
    const record = JSON.parse(result.stdout) as PairRecord;
    expect(record).toMatchObject({ model: 'candidate', verdict: { outcome: 'divergent' } });
    const { id, test } = record.divergences[0]!;
    const file = path.join(out, 'check', 'tests', 'candidate', record.instanceId, `test_${id}.py`);
    expect(await readFile(file, 'utf8')).toBe(test?.source);
  });

  it('grades what is left after shrinking, without set-up that used private names', async () => {
    const box = (size: number) => `class Box:\n    _low = 0\n\n    def size(self):\n        return ${size}\n`;
    const test =
      'from box import Box\n\n\ndef test_size():\n    box = Box()\n    box._low = 3\n    box = Box()\n    assert box.size() > -1\n';
    const { directory } = await makeRepository({ 'box.py': box(0), 'test_box.py': test });
    for (const [name, size] of [
      ['gold', 2],
      ['other', 1],
    ] as const) {
      await userGit(directory, 'checkout', '-q', '-b', name, 'main');
      await commitFiles(directory, { 'box.py': box(size) });
    }
    await userGit(directory, 'checkout', '-q', 'main');
    const result = await check('other', { repository: directory, gold: 'gold' }, '--format', 'json');
    const { divergences } = JSON.parse(result.stdout) as PairRecord;
    expect(divergences[0]).toMatchObject({
      grade: 'different-value',
      input: { prefix: ['box = Box()'], source: 'box.size()' },
    });
    expect(JSON.stringify(divergences.map(({ input }) => input))).not.toContain('_low');
  });

  it('finds what shows only when a function is called with objects that a test cannot make', async () => {
    const files = (least: string) => ({
      'shop.py': [
        'class Basket:',
        '    def __init__(self, prices):',
        '        self.prices = prices',
        '',
        '    def cheapest(self, count):',
        `        return sorted(self.prices)[:count] if ${least} else "nothing"`,
        '',
        'def offer():',
        '    return Basket([3, 1, 2]).cheapest(2)',
        '',
      ].join('\n'),
      'test_shop.py': 'from shop import offer\n\n\ndef test_offer():\n    assert offer() == [1, 2]\n',
    });
    const { directory } = await makeRepository(files('False'));
    for (const [name, least] of [
      ['gold', 'True'],
      ['other', 'count'],
    ] as const) {
      await userGit(directory, 'checkout', '-q', '-b', name, 'main');
      await commitFiles(directory, files(least));
    }
    await userGit(directory, 'checkout', '-q', 'main');
    const result = await check('other', { repository: directory, gold: 'gold' }, '--format', 'json');
    const { divergences } = JSON.parse(result.stdout) as PairRecord;
    expect(divergences[0]).toMatchObject({
      class: 'missing',
      grade: 'different-value',
      input: { source: expect.stringMatching(/^Basket\.cheapest\(entered\[0\]\[0\]\[0\], /) as string },
    });
    expect(divergences[0]?.input.mutations[0]).toBe('frontier-call');
    expect(divergences[0]?.test?.source).toContain('assert result == []');
  });

  it('takes it for no behaviour which function calls which', async () => {
    const files = (items: string, size: string) => ({
      'box.py': [
        'class Box:',
        '    def __init__(self, values):',
        '        self.values = values',
        '',
        '    def items(self):',
        `        return ${items}`,
        '',
        '    def size(self):',
        `        return ${size}`,
        '',
      ].join('\n'),
      'test_box.py': 'from box import Box\n\n\ndef test_size():\n    assert Box([1, 2]).size() == 2\n',
    });
    const { directory } = await makeRepository(files('[]', 'len(self.items())'));
    for (const [name, items, size] of [
      ['gold', 'list(self.values)', 'len(self.items())'],
      ['other', 'list(self.values)[:]', 'len(list(self.values))'],
    ] as const) {
      await userGit(directory, 'checkout', '-q', '-b', name, 'main');
      await commitFiles(directory, files(items, size));
    }
    await userGit(directory, 'checkout', '-q', 'main');
    const result = await check('other', { repository: directory, gold: 'gold' });
    expect(result.stdout).toMatch(/^consistent: /);
  });

  it('runs the tests of a package in src against the tree, not against one that is installed', async () => {
    const files = (body: string) => ({
      'setup.py': '',
      'src/half/__init__.py': `def half(n):\n    return ${body}\n`,
    });
    const test =
      'import unittest\nfrom half import half\n\nclass Test(unittest.TestCase):\n    def test_half(self):\n        self.assertEqual(half(3), 1)\n';
    const { directory } = await makeRepository({ ...files('n'), 'tests/test_half.py': test });
    for (const [name, body] of [
      ['gold', 'n // 2'],
      ['other', 'n / 2'],
    ] as const) {
      await userGit(directory, 'checkout', '-q', '-b', name, 'main');
      await commitFiles(directory, files(body));
    }
    await userGit(directory, 'checkout', '-q', 'main');
    const result = await check('other', { repository: directory, gold: 'gold' }, '--format', 'json');
    const { developerFailures, divergences } = JSON.parse(result.stdout) as PairRecord;
    expect(developerFailures.map(({ gold, candidate }) => [gold, candidate])).toEqual([['passed', 'failed']]);
    expect(divergences.length).toBeGreaterThan(0);
  });

  it('takes branches in place of patch files', async () => {
    const result = await check('wrong', { gold: 'gold' }, '--base', 'main', '--format', 'markdown');
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.stdout).toContain('clamp(');
  });

  it('records a patch that does not apply', async () => {
    const result = await check(fixture.stray);
    expect(result).toMatchObject({ exitCode: 2 });
    expect(result.stdout).toMatch(/^not-applied: .*nowhere\.py/);
    const { records } = await readReport(path.join(out, 'check', 'report.json'));
    expect(records.map(({ verdict }) => verdict.outcome)).toEqual(['not-applied']);
  });

  it('names a patch that is neither a file nor a revision', async () => {
    const result = await check('no-such.patch');
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('--candidate no-such.patch');
  });

  it('names a directory that is no repository', async () => {
    const nowhere = path.join(await temporaryDirectory(), 'nowhere');
    const result = await check(fixture.wrong, { repository: nowhere });
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain(nowhere);
  });

  it('refuses an option that is given twice', async () => {
    const result = await check(fixture.wrong, {}, '--gold', fixture.wrong);
    expect(result.exitCode).toBe(2);
    expect(onlyError(result)).toContain('--gold is given more than once');
  });

  it('leaves the work tree as it was', async () => {
    const state = async () => [
      await userGit(fixture.repository, 'status', '--porcelain', '--branch'),
      await userGit(fixture.repository, 'worktree', 'list', '--porcelain'),
      await userGit(fixture.repository, 'for-each-ref'),
      await userGit(fixture.repository, 'stash', 'list'),
    ];
    const before = await state();
    expect(before[0]).toContain('?? notes.txt');
    expect(await check(fixture.wrong)).toMatchObject({ exitCode: 1 });
    expect(await state()).toEqual(before);
  });
});
