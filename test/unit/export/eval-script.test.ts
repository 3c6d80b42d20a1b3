import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../src/export/dialect.js';
import { extendEvalScript } from '../../../src/export/eval-script.js';
import { evalScript } from '../../helpers/export-fixtures.js';

const addition = (parser: string, known: string, file: string) => ({
  patch: 'diff --git a/x b/x\n',
  files: [file],
  known: [known],
  dialect: dialectOf(parser, '')!,
});
const pytest = addition('parse_log_pytest', 'tests/unit/test_f.py', 'tests/unit/test_new.py');

/** The test command of an extended script. */
function commandOf(script: string | null): string | undefined {
  const lines = script?.split('\n') ?? [];
  return lines[lines.findLastIndex((line) => line.includes('Start Test Output')) + 1];
}

describe(extendEvalScript, () => {
  it.each([
    ['pytest -rA tests/unit/test_f.py', 'pytest -rA tests/unit/test_f.py tests/unit/test_new.py'],
    [
      'pytest tests/unit/test_f.py::T::test_a -p no:x; true',
      'pytest tests/unit/test_f.py::T::test_a tests/unit/test_new.py -p no:x; true',
    ],
    ['tox -v -- tests/unit/test_f.py', 'tox -v -- tests/unit/test_f.py tests/unit/test_new.py'],
    ['pytest -rA tests/', 'pytest -rA tests/'],
  ])('runs the new file in %s', (command, wanted) => {
    expect(commandOf(extendEvalScript(evalScript(command), pytest))).toBe(wanted);
  });

  it('speaks to Django of modules', () => {
    const django = addition('parse_log_django', 'tests/forms/test_f.py', 'tests/forms/test_new.py');
    const command = './tests/runtests.py --verbosity 2 forms.test_f';
    expect(commandOf(extendEvalScript(evalScript(command), django))).toBe(`${command} forms.test_new`);
  });

  it.each([
    ['no command that names a test file', evalScript('make test')],
    ['a name that only contains the test file', evalScript('pytest other/tests/unit/test_f.pyc')],
    ['no markers', 'pytest tests/unit/test_f.py'],
  ])('gives up on %s', (_, script) => {
    expect(extendEvalScript(script, pytest)).toBeNull();
  });

  it('makes the file right before the tests, and changes nothing else', () => {
    const script = evalScript('pytest -rA tests/unit/test_f.py');
    const extended = extendEvalScript(script, pytest)!;
    expect(extended).toContain(
      [
        'rm -f tests/unit/test_new.py',
        "git apply -v - <<'EOF_PATCHDIFF'",
        'diff --git a/x b/x',
        'EOF_PATCHDIFF',
        ": '>>>>> Start Test Output'",
      ].join('\n'),
    );
    const added = extended.split('\n').filter((line) => !script.split('\n').includes(line));
    expect(added).toHaveLength(5);
  });
});
