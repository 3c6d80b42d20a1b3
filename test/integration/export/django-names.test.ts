import path from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { dialectOf } from '../../../src/export/dialect.js';
import { writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

/** Django's runner prints as unittest does, from the folder `tests` of its repository. */
async function run(directory: string, label: string): Promise<string> {
  const env = { PYTHONDONTWRITEBYTECODE: '1' };
  const { all } = await execa('python3', ['-m', 'unittest', '-v', label], {
    cwd: path.join(directory, 'tests'),
    env,
    all: true,
    reject: false,
  });
  return all;
}

it('names the tests for Django as the unittest of this Python prints them', async () => {
  const directory = await temporaryDirectory();
  const django = dialectOf('parse_log_django', '')!;
  const file = (name: string) => `tests/forms/${name}.py`;
  await writeFiles(directory, {
    'tests/forms/__init__.py': '',
    [file('tests')]: 'import unittest\nclass T(unittest.TestCase):\n    def test_x(self): pass\n',
    [file('test_good')]: `def test_good():\n    assert True\n${django.ending('test_good')}`,
    [file('test_bad')]: `def test_bad():\n    assert False\n${django.ending('test_bad')}`,
  });
  const known = /^(.*) \.\.\. ok$/m.exec(await run(directory, 'forms.tests'))?.[1] ?? '';
  const id = (name: string) => django.testId(file(name), name, { files: [file('tests')], ids: [known] });
  expect(await run(directory, django.directive(file('test_good')))).toContain(`${id('test_good')} ... ok\n`);
  expect(await run(directory, django.directive(file('test_bad')))).toContain(`${id('test_bad')} ... FAIL\n`);
});
